// What becomes of a number that a person types into a box.

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** The number, or null for one outside the limits and for what is none. */
export function typedNumber(text: string, { min, max }: Limits): number | null {
  const number = Number(text);
  return text.trim() !== '' && number >= min && number <= max ? number : null;
}

/** What is wrong with it, which numbers may be typed, and which one stays. */
export function refusal(text: string, { min, max }: Limits, kept: number): string {
  return `${text.trim() || 'That'} is not a number from ${min} to ${max}; ${kept} stays in use.`;
}
