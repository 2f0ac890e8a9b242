// attention: causal softmax(q k^T / sqrt(D)) v for each head, without a (T,T) buffer
// forward: online softmax over s <= t, keeping the log-sum-exp. backward: probabilities recomputed from it;
//   dS = P (dO v^T - delta), delta = sum(dO O); dq = dS k / sqrt(D), dk = dS^T q / sqrt(D), dv = P^T dO; rotary undone.
// shapes   qkv (R,N,3C) rotated   mix (R,N,5C), columns 0..C   lse delta (R,N,H)   da (R,N,C)   dy (R,N,7C), columns 0..3C
// grid     (T / POSITIONS rounded up, N/T H, R); a workgroup has neighbouring queries (forward, backward_q) or keys
//          (backward_kv, KEY_PARTS workgroups in x for the same keys) of one head of one sequence; future never visited
// bytes    forward 4 R N (4 C + H)   backward_q 4 R N (6 C + 2 H)   backward_kv 4 R N (6 C + 2 H), beside cached re-reads
// writes   forward mix[:, :C] =, lse =   backward_q dy[:, :C] =, delta =   backward_kv dy[:, C:3C] =
// sizes    override N, T, C, H, D (a multiple of 4, at most 64), THREADS; those of the form (prelude/attention_*)
// twin     src/engine/reference/attention.ts
// uses     attention_FORM, head_vector
// forms    registers, subgroups

override N: u32;
override T: u32;
override C: u32;
override H: u32;
override D: u32;
override THREADS: u32; // of a workgroup
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
  sequence: u32, // first row of the sequence, over all runs
  head: u32,
  first: u32, // first position of the workgroup
}

fn place_of(group: vec3u) -> Place {
  return Place(group.z * N + group.y / H * T, group.y % H, group.x * POSITIONS);
}

fn q_at(row: u32, head: u32) -> u32 { return (row * 3u * C + head * D) / 4u; }
fn k_at(row: u32, head: u32) -> u32 { return (row * 3u * C + C + head * D) / 4u; }
fn v_at(row: u32, head: u32) -> u32 { return (row * 3u * C + 2u * C + head * D) / 4u; }
fn da_at(row: u32, head: u32) -> u32 { return (row * C + head * D) / 4u; }
fn mix_at(row: u32, head: u32) -> u32 { return (row * 5u * C + head * D) / 4u; }
fn dy_at(row: u32, head: u32) -> u32 { return (row * 7u * C + head * D) / 4u; }

fn unrotate(g: vec4f, turn: vec4f) -> vec4f {
  return g * turn.xxzz + vec4f(g.y, -g.x, g.w, -g.z) * turn.yyww;
}

// delta of one query: its gradient g times its output.
fn delta_of(g: HeadVector, row: u32, head: u32) -> f32 {
  let at = mix_at(row, head);
  var along = g.v0 * mix[at];
  if (W > 1u) { along = fma(g.v1, mix[at + 1u], along); }
  if (W > 2u) { along = fma(g.v2, mix[at + 2u], along); }
  if (W > 3u) { along = fma(g.v3, mix[at + 3u], along); }
  if (W > 4u) { along = fma(g.v4, mix[at + 4u], along); }
  if (W > 5u) { along = fma(g.v5, mix[at + 5u], along); }
  if (W > 6u) { along = fma(g.v6, mix[at + 6u], along); }
  if (W > 7u) { along = fma(g.v7, mix[at + 7u], along); }
  if (W > 8u) { along = fma(g.v8, mix[at + 8u], along); }
  if (W > 9u) { along = fma(g.v9, mix[at + 9u], along); }
  if (W > 10u) { along = fma(g.v10, mix[at + 10u], along); }
  if (W > 11u) { along = fma(g.v11, mix[at + 11u], along); }
  if (W > 12u) { along = fma(g.v12, mix[at + 12u], along); }
  if (W > 13u) { along = fma(g.v13, mix[at + 13u], along); }
  if (W > 14u) { along = fma(g.v14, mix[at + 14u], along); }
  if (W > 15u) { along = fma(g.v15, mix[at + 15u], along); }
  return (along.x + along.y) + (along.z + along.w);
}

@compute @workgroup_size(THREADS)
fn forward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  attend(thread, place_of(group));
}

@compute @workgroup_size(THREADS)
fn backward_q(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  attend_back_to_queries(thread, place_of(group));
}

@compute @workgroup_size(THREADS)
fn backward_kv(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  let tile = vec3u(group.x / KEY_PARTS, group.yz);
  attend_back_to_keys(thread, place_of(tile), group.x % KEY_PARTS);
}
