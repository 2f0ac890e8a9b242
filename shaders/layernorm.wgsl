// layernorm: xhat = (x - mean) rstd over the last axis; the affine part lives in the next matrix (fold.wgsl)
// shapes   x dx xhat dxhat (R,N,C)   rstd (R,N)
// grid     (N/64, 1, R), rounded up; one row a thread
// bytes    forward 8 R N C (x is read three times, mostly from cache)   backward 16 R N C
// writes   forward xhat =, rstd =   backward dx += (residual stream), or = where it is the first gradient (ACCUMULATE 0)
// sizes    override N, C, EPSILON, ACCUMULATE

override N: u32;
override C: u32;
override EPSILON: f32 = 1e-5;
override ACCUMULATE: u32 = 1u;

@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> xhat: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> rstd: array<f32>;
@group(0) @binding(4) var<storage, read> dxhat: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dx: array<vec4f>;

fn total(v: vec4f) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N) { return; }
  let w = C / 4u;
  let n = id.z * N + id.x;
  var sum = vec4f();
  for (var i = n * w; i < (n + 1u) * w; i++) { sum += x[i]; }
  let mean = total(sum) / f32(C);
  var squares = vec4f();
  for (var i = n * w; i < (n + 1u) * w; i++) {
    let centred = x[i] - mean;
    squares += centred * centred;
  }
  let scale = inverseSqrt(total(squares) / f32(C) + EPSILON);
  for (var i = n * w; i < (n + 1u) * w; i++) { xhat[i] = (x[i] - mean) * scale; }
  rstd[n] = scale;
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N) { return; }
  let w = C / 4u;
  let n = id.z * N + id.x;
  var sum = vec4f();
  var along = vec4f();
  for (var i = n * w; i < (n + 1u) * w; i++) {
    sum += dxhat[i];
    along += dxhat[i] * xhat[i];
  }
  let mean = total(sum) / f32(C);
  let slope = total(along) / f32(C);
  let scale = rstd[n];
  for (var i = n * w; i < (n + 1u) * w; i++) {
    let gradient = (dxhat[i] - mean - xhat[i] * slope) * scale;
    if (ACCUMULATE == 1u) { dx[i] += gradient; } else { dx[i] = gradient; }
  }
}
