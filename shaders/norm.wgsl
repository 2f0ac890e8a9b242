// norm: the batch's mean loss and the global gradient norm, and what they allow the optimizer to do
// shapes   gradient (R,F), of which P count   row_loss (R,N)   partial (R,1024)   stats (R,4):
//          mean loss | gradient norm | factor for the gradient | 1 when both are finite, else 0: no update
// grid     squares (16, 1, R): 1024 strided sums of vec4f a run   finish (1, 1, R)
// bytes    squares 4 R P   finish 4 R (N + 1024)
// writes   partial =, stats =; sums in fixed order
// sizes    override N, P, F (P and F multiples of 4), CLIP (largest norm)
// twin     src/engine/reference/clip.ts
// uses     nothing

override N: u32;
override P: u32;
override F: u32;
override CLIP: f32;

@group(0) @binding(1) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<storage, read> row_loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> stats: array<vec4f>;

@compute @workgroup_size(64)
fn squares(@builtin(global_invocation_id) id: vec3u) {
  var sum = vec4f();
  for (var i = id.x; i < P / 4u; i += 1024u) {
    let g = gradient[id.z * F / 4u + i];
    sum = fma(g, g, sum);
  }
  partials[id.z * 1024u + id.x] = (sum.x + sum.y) + (sum.z + sum.w);
}

// By the bits: comparisons with NaN may be optimised away.
fn finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) < 0x7f800000u;
}

var<workgroup> sums: array<vec2f, 64>;

@compute @workgroup_size(64)
fn finish(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  var sum = vec2f();
  for (var n = i; n < N; n += 64u) { sum.x += row_loss[group.z * N + n]; }
  for (var j = i; j < 1024u; j += 64u) { sum.y += partials[group.z * 1024u + j]; }
  sums[i] = sum;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (i < half) { sums[i] += sums[i + half]; }
  }
  if (i == 0u) {
    let loss = sums[0].x / f32(N);
    let norm = sqrt(sums[0].y);
    let ok = finite(loss) && finite(norm);
    let factor = select(0.0, min(1.0, CLIP / (norm + 1e-6)), ok);
    stats[group.z] = vec4f(loss, norm, factor, select(0.0, 1.0, ok));
  }
}
