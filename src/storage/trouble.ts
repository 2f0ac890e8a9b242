// What keeps the browser's storage from working, as a kind that decides what is tried next and a sentence that says it.

/** `refused`: it will never work here. `silent`: it does not answer. `failed`: it answered with an error. */
export type TroubleKind = 'full' | 'refused' | 'silent' | 'failed';

/** `message` is a sentence that can be shown. */
export class StorageTrouble extends Error {
  override readonly name = 'StorageTrouble';
  readonly kind: TroubleKind;

  constructor(kind: TroubleKind, words = '', options?: ErrorOptions) {
    super(sentenceOf(kind, words), options);
    this.kind = kind;
  }
}

function sentenceOf(kind: TroubleKind, words: string): string {
  switch (kind) {
    case 'full':
      return "This browser's storage is full.";
    case 'refused':
      return 'This browser does not let the page keep trained stages (private mode or blocked site data).';
    case 'silent':
      return "This browser's storage does not answer.";
    case 'failed':
      return `This browser's storage failed${words && ` (${words})`}.`;
    default:
      return kind satisfies never;
  }
}

/** A browser that lets no page keep anything says so when a database is opened; later the same error is a lost connection. */
const refusals = ['SecurityError', 'InvalidStateError', 'NotAllowedError', 'TypeError', 'ReferenceError'];

/** @param opening whether the database was not open yet */
export function troubleOf(error: unknown, opening = false): StorageTrouble {
  if (error instanceof StorageTrouble) return error;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'QuotaExceededError') return new StorageTrouble('full', '', { cause: error });
  if (opening && refusals.includes(name)) return new StorageTrouble('refused', '', { cause: error });
  return new StorageTrouble('failed', [name, message].filter(Boolean).join(': '), { cause: error });
}
