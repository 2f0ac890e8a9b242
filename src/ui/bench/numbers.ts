// Numbers of the bench: three digits are what a measurement is worth.

export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

export function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
