// Everything that the host may call, one line a file.
export { adamw, squares } from './adamw';
export { attentionBackward, attentionForward, attentionScratch } from './attention';
export { crossEntropy } from './cross_entropy';
export { addBiases, clear, embeddingBackward, embeddingForward } from './embedding';
export { expAll, log } from './exp';
export { geluBackward, geluForward } from './gelu';
export { layernormBackward, layernormForward } from './layernorm';
export { foldBias, packColumns, packRows, unfold } from './pack';
export { probe } from './probe';
export { columnSums, product, weightGradient } from './product';
