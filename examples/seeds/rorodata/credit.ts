// A small model of credit risk: logistic regression on two figures of an applicant. Plain data, so it can be stored as it is.

export interface CreditModel {
  readonly bias: number;
  readonly weights: readonly number[];
}

interface Applicant {
  /** Debts as a share of the yearly income. */
  readonly debt: number;
  /** Payments that came late in the last year, as a share of all. */
  readonly late: number;
}

const applicants: readonly (Applicant & { readonly defaulted: 0 | 1 })[] = [
  { debt: 0.1, late: 0, defaulted: 0 },
  { debt: 0.3, late: 0.1, defaulted: 0 },
  { debt: 0.2, late: 0.3, defaulted: 0 },
  { debt: 0.5, late: 0.2, defaulted: 0 },
  { debt: 0.9, late: 0.1, defaulted: 1 },
  { debt: 0.7, late: 0.5, defaulted: 1 },
  { debt: 0.4, late: 0.8, defaulted: 1 },
  { debt: 1.2, late: 0.4, defaulted: 1 },
  { debt: 0.6, late: 0.1, defaulted: 1 },
];

/** The chance that the applicant will not pay. */
export function predict({ bias, weights }: CreditModel, { debt, late }: Applicant): number {
  const [onDebt = 0, onLate = 0] = weights;
  return 1 / (1 + Math.exp(-(bias + onDebt * debt + onLate * late)));
}

export function train(log: (line: string) => void, epochs = 2000, rate = 0.5): CreditModel {
  let model: CreditModel = { bias: 0, weights: [0, 0] };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const slope = [0, 0, 0];
    for (const applicant of applicants) {
      const error = applicant.defaulted - predict(model, applicant);
      [1, applicant.debt, applicant.late].forEach((x, i) => {
        slope[i] = (slope[i] ?? 0) + error * x;
      });
    }
    const [onBias = 0, onDebt = 0, onLate = 0] = slope.map((sum) => (rate * sum) / applicants.length);
    const [debt = 0, late = 0] = model.weights;
    model = { bias: model.bias + onBias, weights: [debt + onDebt, late + onLate] };
    if (epoch % 500 === 0) log(`epoch ${epoch}  accuracy ${accuracyOf(model).toFixed(3)}`);
  }
  return model;
}

export function accuracyOf(model: CreditModel): number {
  const right = applicants.filter((one) => predict(model, one) > 0.5 === (one.defaulted === 1));
  return right.length / applicants.length;
}
