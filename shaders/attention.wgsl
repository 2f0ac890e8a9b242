// attention: causal softmax(q k^T / sqrt(D)) v for each head, without a (T,T) buffer
// forward: online softmax over s <= t, keeping the log-sum-exp. backward: probabilities recomputed from it;
//   dS = P (dO v^T - delta), delta = sum(dO O); dq = dS k / sqrt(D), dk = dS^T q / sqrt(D), dv = P^T dO; rotary undone.
// shapes   qkv (R,N,3C) rotated   mix (R,N,5C), columns 0..C   lse delta (R,N,H)   da (R,N,C)   dy (R,N,7C), columns 0..3C
// grid     (N H/64, 1, R), rounded up; one query (forward, backward_q) or key (backward_kv) a thread, future never visited
// bytes    forward 4 R N (4 C + H)   backward_q 4 R N (6 C + 2 H)   backward_kv 4 R N (6 C + 2 H), beside cached re-reads
// writes   forward mix[:, :C] =, lse =   backward_q dy[:, :C] =, delta =   backward_kv dy[:, C:3C] =
// sizes    override N, T, C, H, D (a multiple of 4, at most 64)

override N: u32;
override T: u32;
override C: u32;
override H: u32;
override D: u32;
override W: u32 = D / 4u; // vec4s of a head
override SCALE: f32 = inverseSqrt(f32(D));

@group(0) @binding(1) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> mix: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> lse: array<f32>;
@group(0) @binding(4) var<storage, read> da: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> delta: array<f32>;
@group(0) @binding(6) var<storage, read> rotary: array<vec4f>; // (T, D/4): cos, sin, cos, sin of two pairs
@group(0) @binding(7) var<storage, read_write> dy: array<vec4f>;

struct Place {
  t: u32, // position in the sequence
  sequence: u32, // first row of the sequence, over all runs
  head: u32,
}

// Neighbouring threads take neighbouring positions of one head of one sequence.
fn place_of(id: vec3u) -> Place {
  let h = (id.x / T) % H;
  let b = id.x / (T * H);
  return Place(id.x % T, id.z * N + b * T, h);
}

fn q_at(row: u32, head: u32) -> u32 { return (row * 3u * C + head * D) / 4u; }
fn k_at(row: u32, head: u32) -> u32 { return (row * 3u * C + C + head * D) / 4u; }
fn v_at(row: u32, head: u32) -> u32 { return (row * 3u * C + 2u * C + head * D) / 4u; }

fn unrotate(g: vec4f, turn: vec4f) -> vec4f {
  return g * turn.xxzz + vec4f(g.y, -g.x, g.w, -g.z) * turn.yyww;
}

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N * H) { return; }
  let p = place_of(id);
  let row = p.sequence + p.t;
  var q: array<vec4f, 16>;
  var o: array<vec4f, 16>;
  for (var i = 0u; i < W; i++) {
    q[i] = qkv[q_at(row, p.head) + i] * SCALE;
    o[i] = vec4f();
  }
  var largest = -3e38;
  var sum = 0.0;
  for (var s = p.sequence; s <= row; s++) {
    let k = k_at(s, p.head);
    var products = vec4f();
    for (var i = 0u; i < W; i++) { products = fma(q[i], qkv[k + i], products); }
    let score = (products.x + products.y) + (products.z + products.w);
    let next = max(largest, score);
    let keep = exp(largest - next);
    let weight = exp(score - next);
    largest = next;
    sum = fma(sum, keep, weight);
    let v = v_at(s, p.head);
    for (var i = 0u; i < W; i++) { o[i] = fma(o[i], vec4f(keep), weight * qkv[v + i]); }
  }
  for (var i = 0u; i < W; i++) { mix[(row * 5u * C + p.head * D) / 4u + i] = o[i] / sum; }
  lse[row * H + p.head] = largest + log(sum);
}

@compute @workgroup_size(64)
fn backward_q(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N * H) { return; }
  let p = place_of(id);
  let row = p.sequence + p.t;
  var q: array<vec4f, 16>;
  var g: array<vec4f, 16>;
  var dq: array<vec4f, 16>;
  var along = vec4f();
  for (var i = 0u; i < W; i++) {
    q[i] = qkv[q_at(row, p.head) + i] * SCALE;
    g[i] = da[(row * C + p.head * D) / 4u + i];
    dq[i] = vec4f();
    along = fma(g[i], mix[(row * 5u * C + p.head * D) / 4u + i], along);
  }
  let d = (along.x + along.y) + (along.z + along.w);
  let norm = lse[row * H + p.head];
  delta[row * H + p.head] = d;
  for (var s = p.sequence; s <= row; s++) {
    let k = k_at(s, p.head);
    let v = v_at(s, p.head);
    var scores = vec4f();
    var products = vec4f();
    for (var i = 0u; i < W; i++) {
      scores = fma(q[i], qkv[k + i], scores);
      products = fma(g[i], qkv[v + i], products);
    }
    let weight = exp((scores.x + scores.y) + (scores.z + scores.w) - norm);
    let ds = weight * ((products.x + products.y) + (products.z + products.w) - d) * SCALE;
    for (var i = 0u; i < W; i++) { dq[i] = fma(vec4f(ds), qkv[k + i], dq[i]); }
  }
  for (var i = 0u; i < W; i++) {
    dy[(row * 7u * C + p.head * D) / 4u + i] = unrotate(dq[i], rotary[p.t * W + i]);
  }
}

@compute @workgroup_size(64)
fn backward_kv(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N * H) { return; }
  let p = place_of(id);
  let row = p.sequence + p.t;
  var k: array<vec4f, 16>;
  var v: array<vec4f, 16>;
  var dk: array<vec4f, 16>;
  var dv: array<vec4f, 16>;
  for (var i = 0u; i < W; i++) {
    k[i] = qkv[k_at(row, p.head) + i] * SCALE;
    v[i] = qkv[v_at(row, p.head) + i];
    dk[i] = vec4f();
    dv[i] = vec4f();
  }
  for (var t = row; t < p.sequence + T; t++) {
    let q = q_at(t, p.head);
    let g = (t * C + p.head * D) / 4u;
    var scores = vec4f();
    var products = vec4f();
    for (var i = 0u; i < W; i++) {
      scores = fma(k[i], qkv[q + i], scores);
      products = fma(v[i], da[g + i], products);
    }
    let weight = exp((scores.x + scores.y) + (scores.z + scores.w) - lse[t * H + p.head]);
    let ds = weight * ((products.x + products.y) + (products.z + products.w) - delta[t * H + p.head]) * SCALE;
    for (var i = 0u; i < W; i++) {
      dv[i] = fma(vec4f(weight), da[g + i], dv[i]);
      dk[i] = fma(vec4f(ds), qkv[q + i], dk[i]);
    }
  }
  let at = (row * 7u * C + C + p.head * D) / 4u;
  for (var i = 0u; i < W; i++) {
    dy[at + i] = unrotate(dk[i], rotary[p.t * W + i]);
    dy[at + C / 4u + i] = dv[i];
  }
}
