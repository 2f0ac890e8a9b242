// Numbers as a person reads them, always with their unit and always the same number of digits.

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)] ?? '').join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** 1.673: nats a byte, three decimals. */
export function loss(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : 'not a number';
}

/** +0.369 or −0.012. */
export function change(value: number): string {
  const sign = value < 0 && value.toFixed(3) !== '-0.000' ? '−' : '+';
  return `${sign}${Math.abs(value).toFixed(3)}`;
}

/** 1 seed, 3 seeds. */
export function seedsText(n: number): string {
  return n === 1 ? '1 seed' : `${n} seeds`;
}

/** 3 × 10⁻³; a second digit only when the first would lie. */
export function rate(value: number): string {
  if (!(value > 0)) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
  return `${mantissa.replace(/\.0$/, '')} × 10${superscript(Number(exponent))}`;
}

/** 0.04 M, 2.0 M, 614 k, 512: tokens and parameters. */
export function count(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} G`;
  if (value >= 999_500) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 1e3) return `${Math.round(value / 1e3)} k`;
  return String(Math.round(value));
}

/** Parameters always in millions, so that they compare with the paper's. */
export function millions(value: number): string {
  return `${(value / 1e6).toFixed(value < 1e6 ? 2 : 1)} M`;
}

/** 40 s, 3 min, 1 h 20 min; nobody needs the seconds of an hour. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  if (seconds < 1) return 'a second';
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} GB`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`;
  if (value >= 1e3) return `${Math.round(value / 1e3)} kB`;
  return `${value} bytes`;
}

/** Three digits are what a measurement is worth. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

/** All digits. */
export function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
