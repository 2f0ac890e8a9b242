// Which arms belong together on a drawing: a branch has the colour of its trunk and a run on the same data that of its twin
// on new data, both with another dash.

/** The arm whose colour another one shares; the arm itself where it stands alone. */
export function kinOf(arm: string): string {
  return arm.replace(/-anneal-\d+$/, '').replace(/^same-/, '');
}
