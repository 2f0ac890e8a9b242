// cross_entropy: loss = log sum exp(logits) - logits[target] of each row, and its gradient in place of the logits
// shapes   logits (R,N,V)   row_loss (R,N)   batch (R,3N+V+1) u32, targets at N..2N (embedding.wgsl)
// grid     (N/64, 1, R), rounded up; one row a thread
// bytes    losses 4 R N V   gradient 8 R N V (read three times, mostly from cache)
// writes   both row_loss =   gradient also logits = (softmax - onehot) / N, the gradient of the batch's mean loss
// sizes    override N, V

override N: u32;
override V: u32;
override BATCH: u32 = 3u * N + V + 1u;

@group(0) @binding(1) var<storage, read> batch: array<u32>;
@group(0) @binding(2) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> row_loss: array<f32>;

struct Softmax {
  largest: f32,
  log_sum: f32,
}

fn softmax_of(first: u32, end: u32) -> Softmax {
  var largest = logits[first];
  for (var i = first + 1u; i < end; i++) { largest = max(largest, logits[i]); }
  let top = max(max(largest.x, largest.y), max(largest.z, largest.w));
  var sum = vec4f();
  for (var i = first; i < end; i++) { sum += exp(logits[i] - top); }
  return Softmax(top, log((sum.x + sum.y) + (sum.z + sum.w)));
}

fn loss_of(s: Softmax, first: u32, target_token: u32) -> f32 {
  return s.log_sum + (s.largest - logits[first + target_token / 4u][target_token % 4u]);
}

@compute @workgroup_size(64)
fn losses(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N) { return; }
  let n = id.z * N + id.x;
  let first = n * V / 4u;
  row_loss[n] = loss_of(softmax_of(first, first + V / 4u), first, batch[id.z * BATCH + N + id.x]);
}

@compute @workgroup_size(64)
fn gradient(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= N) { return; }
  let n = id.z * N + id.x;
  let first = n * V / 4u;
  let end = first + V / 4u;
  let target_token = batch[id.z * BATCH + N + id.x];
  let s = softmax_of(first, end);
  row_loss[n] = loss_of(s, first, target_token);
  for (var i = first; i < end; i++) {
    let v = 4u * (i - first);
    let hit = select(vec4f(), vec4f(1.0), vec4u(v, v + 1u, v + 2u, v + 3u) == vec4u(target_token));
    logits[i] = (exp(logits[i] - s.largest - s.log_sum) - hit) / f32(N);
  }
}
