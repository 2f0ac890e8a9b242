// clip:  scales the whole gradient down when its norm is above a limit, keeping its direction
// source Pascanu, Mikolov & Bengio 2013; the 1e-6 is PyTorch's (torch.nn.utils.clip_grad_norm_)

/** Square root of the sum of squares over all gradients (P) of a run. */
export function globalNorm(gradients: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += gradients[i]! ** 2;
  return Math.sqrt(squares);
}

/** Factor for every gradient, so that the norm does not exceed `limit`. */
export function clipScale(norm: number, limit: number): number {
  return Math.min(1, limit / (norm + 1e-6));
}
