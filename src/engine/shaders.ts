// The WGSL files as written, each with the shared text it includes in front.

import adamw from '../../shaders/adamw.wgsl?raw';
import attention from '../../shaders/attention.wgsl?raw';
import crossEntropy from '../../shaders/cross_entropy.wgsl?raw';
import embedding from '../../shaders/embedding.wgsl?raw';
import fold from '../../shaders/fold.wgsl?raw';
import head from '../../shaders/head.wgsl?raw';
import inProj from '../../shaders/in_proj.wgsl?raw';
import layernorm from '../../shaders/layernorm.wgsl?raw';
import norm from '../../shaders/norm.wgsl?raw';
import outProj from '../../shaders/out_proj.wgsl?raw';
import backwardProduct from '../../shaders/prelude/backward_product.wgsl?raw';
import block from '../../shaders/prelude/block.wgsl?raw';
import forwardProduct from '../../shaders/prelude/forward_product.wgsl?raw';
import gelu from '../../shaders/prelude/gelu.wgsl?raw';
import headVector from '../../shaders/prelude/head_vector.wgsl?raw';
import weightGradient from '../../shaders/weight_gradient.wgsl?raw';
import type { ShaderName } from './dispatch';

const products = [block, forwardProduct, backwardProduct];

/** Complete WGSL text of every kernel. */
export const shaderSources: Readonly<Record<ShaderName, string>> = {
  adamw,
  attention: [headVector, attention].join('\n'),
  cross_entropy: crossEntropy,
  embedding,
  fold,
  head: [...products, head].join('\n'),
  in_proj: [...products, gelu, inProj].join('\n'),
  layernorm,
  norm,
  out_proj: [...products, gelu, outProj].join('\n'),
  weight_gradient: [block, weightGradient].join('\n'),
};
