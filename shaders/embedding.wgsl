// embedding: x[n] = E[token[n]]; dE[v] = sum of dx[n] over the rows n whose token is v, in ascending n
// shapes   E, dE (V,C) at the start of parameters and gradient   x dx (R,N,C)   batch (R,3N+V+1) u32:
//          tokens N | targets N | rows sorted by token N | first sorted row of each token V+1
// grid     forward (N C/(4*64), 1, R)   backward (V C/(4*64), 1, R), rounded up, or several lines of workgroups in y;
//          four numbers a thread
// bytes    forward 8 R N C   backward 4 R (N C + V C)
// writes   forward x =   backward dE =
// sizes    override N, C, V, P, F (floats of parameters and of gradient a run), LINE (threads of a line)
// twin     src/engine/reference/embedding.ts
// uses     nothing

override N: u32;
override C: u32;
override V: u32;
override P: u32;
override F: u32;
override LINE: u32 = 64u * 65535u;
override BATCH: u32 = 3u * N + V + 1u;

@group(0) @binding(1) var<storage, read> batch: array<u32>;
@group(0) @binding(2) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> x: array<vec4f>;
@group(0) @binding(4) var<storage, read> dx: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> gradient: array<vec4f>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  let w = C / 4u;
  let own = id.y * LINE + id.x;
  if (own >= N * w) { return; }
  let token = batch[id.z * BATCH + own / w];
  x[id.z * N * w + own] = parameters[id.z * P / 4u + token * w + own % w];
}

@compute @workgroup_size(64)
fn backward(@builtin(global_invocation_id) id: vec3u) {
  let w = C / 4u;
  let own = id.y * LINE + id.x;
  if (own >= V * w) { return; }
  let token = own / w;
  let sorted = id.z * BATCH + 2u * N;
  let first = batch[sorted + N + token];
  let end = batch[sorted + N + token + 1u];
  var sum = vec4f();
  for (var i = first; i < end; i++) {
    sum += dx[(id.z * N + batch[sorted + i]) * w + own % w];
  }
  gradient[id.z * F / 4u + own] = sum;
}
