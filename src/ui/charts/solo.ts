// Which arms to show or hide so that one is alone on the charts.

interface Arm {
  readonly key: string;
  readonly hidden: boolean;
}

/** Keys to toggle so that only `key` shows; when it is alone already, so that all show again. */
export function soloToggles(arms: readonly Arm[], key: string): string[] {
  const alone = arms.every((arm) => arm.hidden === (arm.key !== key));
  return arms.filter((arm) => arm.hidden !== (!alone && arm.key !== key)).map((arm) => arm.key);
}
