// adamw: decoupled weight decay on the matrices (the first DECAYED floats), clipped gradient, bias-corrected moments
//   p *= 1 - lr decay;  m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  p -= lr/c1 m / (sqrt(v)/sqrt(c2) + eps)
// shapes   parameters first second (R,P)   gradient (R,F)   stats (R,4) from norm.wgsl
//          rates (R,4): 1 - lr decay | lr / c1 | 1 / sqrt(c2) | unused
// grid     (P/(4*64), 1, R), rounded up, or several lines of workgroups in y; four parameters a thread
// bytes    28 R P
// writes   parameters =, first =, second =; nothing for a run whose loss or norm is not finite
// sizes    override P, F, DECAYED (multiples of 4), BETA1, BETA2, EPSILON, LINE (threads of a line)
// twin     src/engine/reference/adamw.ts
// uses     nothing

override P: u32;
override F: u32;
override DECAYED: u32;
override BETA1: f32;
override BETA2: f32;
override EPSILON: f32;
override LINE: u32 = 64u * 65535u;

@group(0) @binding(1) var<storage, read_write> parameters: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> first: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> second: array<vec4f>;
@group(0) @binding(4) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(5) var<storage, read> stats: array<vec4f>;
@group(0) @binding(6) var<storage, read> rates: array<vec4f>;

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3u) {
  let step = stats[id.z];
  let own = id.y * LINE + id.x;
  if (own >= P / 4u || step.w == 0.0) { return; }
  let rate = rates[id.z];
  let i = id.z * P / 4u + own;
  let g = gradient[id.z * F / 4u + own] * step.z;
  let m = BETA1 * first[i] + (1.0 - BETA1) * g;
  let v = BETA2 * second[i] + (1.0 - BETA2) * (g * g);
  let p = parameters[i] * select(1.0, rate.x, 4u * own < DECAYED);
  first[i] = m;
  second[i] = v;
  parameters[i] = p - rate.y * m / (sqrt(v) * rate.z + EPSILON);
}
