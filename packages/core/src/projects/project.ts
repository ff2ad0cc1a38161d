/** The wall between groups of users. Every server is born with one, `default`. */
export interface Project {
  readonly id: number;
  readonly name: string;
  readonly public: boolean;
  readonly owner: string | null;
  readonly createdAt: number;
}

export const DEFAULT_PROJECT = "default";
