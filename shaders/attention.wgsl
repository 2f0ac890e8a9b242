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
  let q = load_qkv(q_at(row, p.head));
  var o = HeadVector();
  var largest = -3e38;
  var sum = 0.0;
  for (var s = p.sequence; s <= row; s++) {
    let score = dot_product(q, load_qkv(k_at(s, p.head))) * SCALE;
    let next = max(largest, score);
    let keep = exp(largest - next);
    let weight = exp(score - next);
    largest = next;
    sum = fma(sum, keep, weight);
    o = blend(keep, o, weight, load_qkv(v_at(s, p.head)));
  }
  store_mix((row * 5u * C + p.head * D) / 4u, blend(1.0 / sum, o, 0.0, o));
  lse[row * H + p.head] = largest + log(sum);
}

@compute @workgroup_size(64)
fn backward_q(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N * H) { return; }
  let p = place_of(id);
  let row = p.sequence + p.t;
  let q = load_qkv(q_at(row, p.head));
  let g = load_da((row * C + p.head * D) / 4u);
  var along = vec4f();
  for (var i = 0u; i < W; i++) {
    along = fma(da[(row * C + p.head * D) / 4u + i], mix[(row * 5u * C + p.head * D) / 4u + i], along);
  }
  let d = (along.x + along.y) + (along.z + along.w);
  let norm = lse[row * H + p.head];
  delta[row * H + p.head] = d;
  var dq = HeadVector();
  for (var s = p.sequence; s <= row; s++) {
    let k = load_qkv(k_at(s, p.head));
    let weight = exp(fma(dot_product(q, k), SCALE, -norm));
    let ds = weight * (dot_product(g, load_qkv(v_at(s, p.head))) - d) * SCALE;
    dq = add_scaled(ds, k, dq);
  }
  store_dy((row * 7u * C + p.head * D) / 4u, unrotated(dq, p.t));
}

@compute @workgroup_size(64)
fn backward_kv(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N * H) { return; }
  let p = place_of(id);
  let row = p.sequence + p.t;
  let k = load_qkv(k_at(row, p.head));
  let v = load_qkv(v_at(row, p.head));
  var dk = HeadVector();
  var dv = HeadVector();
  for (var t = row; t < p.sequence + T; t++) {
    let q = load_qkv(q_at(t, p.head));
    let g = load_da((t * C + p.head * D) / 4u);
    let weight = exp(fma(dot_product(k, q), SCALE, -lse[t * H + p.head]));
    let ds = weight * (dot_product(v, g) - delta[t * H + p.head]) * SCALE;
    dv = add_scaled(weight, g, dv);
    dk = add_scaled(ds, q, dk);
  }
  let at = (row * 7u * C + C + p.head * D) / 4u;
  store_dy(at, unrotated(dk, p.t));
  store_dy(at + C / 4u, dv);
}
