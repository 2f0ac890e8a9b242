// cross_entropy: loss = log sum exp(logits) - logits[target] of each row, and its gradient in place of the logits
// shapes   logits (R,N,V)   row_loss (R,N)   batch (R,3N+V+1) u32, targets at N..2N (embedding.wgsl)
// grid     (N LANES/64, 1, R), rounded up; LANES threads a row, whose neighbours read neighbours
// bytes    losses 4 R N V   gradient 8 R N V (read three times, mostly from cache)
// writes   both row_loss =   gradient also logits = (softmax - onehot) / N, the gradient of the batch's mean loss
// sizes    override N, V, LANES (1: no barrier; else 2, 4 or 8)
// twin     src/engine/reference/cross_entropy.ts
// uses     nothing

override N: u32;
override V: u32;
override LANES: u32;
override BATCH: u32 = 3u * N + V + 1u;

@group(0) @binding(1) var<storage, read> batch: array<u32>;
@group(0) @binding(2) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> row_loss: array<f32>;

// A row is summed in eight shares of every eighth vec4, whatever LANES is, so that LANES changes no bit.
const SHARES = 8u;

var<workgroup> shares: array<f32, 64>;

fn share(own: f32, i: u32) {
  workgroupBarrier();
  shares[i] = own;
  workgroupBarrier();
}

fn row_max(own: f32, i: u32) -> f32 {
  if (LANES == 1u) { return own; }
  share(own, i);
  let first = i - i % LANES;
  var most = shares[first];
  for (var l = 1u; l < LANES; l++) { most = max(most, shares[first + l]); }
  return most;
}

// In the order of the lanes.
fn row_sum(own: f32, i: u32) -> f32 {
  if (LANES == 1u) { return own; }
  share(own, i);
  let first = i - i % LANES;
  var sum = 0.0;
  for (var l = 0u; l < LANES; l++) { sum += shares[first + l]; }
  return sum;
}

struct Lane {
  row: u32, // over all runs; behind the end the last row again, and nothing is stored
  inside: bool,
  first: u32, // first vec4 of the row
  begin: u32, // first vec4 of this lane; then every LANES-th up to end
  end: u32,
  target_token: u32,
  largest: f32,
  log_sum: f32, // of exp(logit - largest)
}

fn softmax_of(group: vec3u, i: u32) -> Lane {
  let n = (group.x * 64u + i) / LANES;
  let in_run = min(n, N - 1u);
  let row = group.z * N + in_run;
  let first = row * (V / 4u);
  let begin = first + i % LANES;
  let end = first + V / 4u;
  var most = logits[first];
  for (var j = begin; j < end; j += LANES) { most = max(most, logits[j]); }
  let largest = row_max(max(max(most.x, most.y), max(most.z, most.w)), i);
  var sum = 0.0;
  for (var one = i % LANES; one < SHARES; one += LANES) {
    var part = vec4f();
    for (var j = first + one; j < end; j += SHARES) { part += exp(logits[j] - largest); }
    sum += (part.x + part.y) + (part.z + part.w);
  }
  let log_sum = log(row_sum(sum, i));
  return Lane(row, n < N, first, begin, end, batch[group.z * BATCH + N + in_run], largest, log_sum);
}

// By the lane that holds the target's logit, before it overwrites it.
fn store_loss(s: Lane, i: u32) {
  let at = s.target_token / 4u;
  if (at % LANES == i % LANES) {
    row_loss[s.row] = s.log_sum + (s.largest - logits[s.first + at][s.target_token % 4u]);
  }
}

@compute @workgroup_size(64)
fn losses(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let s = softmax_of(group, i);
  if (s.inside) { store_loss(s, i); }
}

@compute @workgroup_size(64)
fn gradient(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let s = softmax_of(group, i);
  if (!s.inside) { return; }
  store_loss(s, i);
  for (var j = s.begin; j < s.end; j += LANES) {
    let v = 4u * (j - s.first);
    let hit = select(vec4f(), vec4f(1.0), vec4u(v, v + 1u, v + 2u, v + 3u) == vec4u(s.target_token));
    logits[j] = (exp(logits[j] - s.largest - s.log_sum) - hit) / f32(N);
  }
}
