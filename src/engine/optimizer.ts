// AdamW (Loshchilov & Hutter 2019) with decoupled weight decay and global-norm clipping, as in PyTorch:
//   g   = g * min(1, clip / (|g| + 1e-6))
//   p  -= lr * weightDecay * p                       (matrices only)
//   m   = beta1 m + (1 - beta1) g ;  v = beta2 v + (1 - beta2) g^2
//   p  -= lr / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)

export interface AdamW {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Largest global gradient norm. */
  readonly clip: number;
}

/** Settings of Ibrahim et al. 2024 (tables 13 and 14). */
export const paperAdamW: AdamW = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };

/** Bias corrections of optimizer step `t` (1 for the first). */
export function biasCorrections(optimizer: AdamW, t: number): { first: number; second: number } {
  return { first: 1 - optimizer.beta1 ** t, second: 1 - optimizer.beta2 ** t };
}
