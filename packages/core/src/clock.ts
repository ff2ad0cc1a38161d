/** Time comes in by the door, so that tests can script it. Milliseconds since 1970-01-01 UTC, whole. */
export interface Clock {
  now(): number;
}
