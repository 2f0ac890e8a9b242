// attention_registers: the form of attention that works everywhere: one query (key) a thread, nothing shared
// A workgroup is of one head of one sequence and its threads are at the same key at once, so that a GPU whose compiler
// sees it loads that key once for all of them, into scalar registers.

override POSITIONS: u32 = THREADS; // of a workgroup
override KEY_PARTS: u32 = 1u; // 2: gradients of the same keys and values in a workgroup each

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
}

fn dot_product(a: HeadVector, b: HeadVector) -> f32 {
  var s = a.v0 * b.v0;
  if (W > 1u) { s = fma(a.v1, b.v1, s); }
  if (W > 2u) { s = fma(a.v2, b.v2, s); }
  if (W > 3u) { s = fma(a.v3, b.v3, s); }
  if (W > 4u) { s = fma(a.v4, b.v4, s); }
  if (W > 5u) { s = fma(a.v5, b.v5, s); }
  if (W > 6u) { s = fma(a.v6, b.v6, s); }
  if (W > 7u) { s = fma(a.v7, b.v7, s); }
  if (W > 8u) { s = fma(a.v8, b.v8, s); }
  if (W > 9u) { s = fma(a.v9, b.v9, s); }
  if (W > 10u) { s = fma(a.v10, b.v10, s); }
  if (W > 11u) { s = fma(a.v11, b.v11, s); }
  if (W > 12u) { s = fma(a.v12, b.v12, s); }
  if (W > 13u) { s = fma(a.v13, b.v13, s); }
  if (W > 14u) { s = fma(a.v14, b.v14, s); }
  if (W > 15u) { s = fma(a.v15, b.v15, s); }
  return (s.x + s.y) + (s.z + s.w);
}

// a x + b y
fn blend(a: f32, x: HeadVector, b: f32, y: HeadVector) -> HeadVector {
  var h = HeadVector();
  h.v0 = fma(vec4f(a), x.v0, b * y.v0);
  if (W > 1u) { h.v1 = fma(vec4f(a), x.v1, b * y.v1); }
  if (W > 2u) { h.v2 = fma(vec4f(a), x.v2, b * y.v2); }
  if (W > 3u) { h.v3 = fma(vec4f(a), x.v3, b * y.v3); }
  if (W > 4u) { h.v4 = fma(vec4f(a), x.v4, b * y.v4); }
  if (W > 5u) { h.v5 = fma(vec4f(a), x.v5, b * y.v5); }
  if (W > 6u) { h.v6 = fma(vec4f(a), x.v6, b * y.v6); }
  if (W > 7u) { h.v7 = fma(vec4f(a), x.v7, b * y.v7); }
  if (W > 8u) { h.v8 = fma(vec4f(a), x.v8, b * y.v8); }
  if (W > 9u) { h.v9 = fma(vec4f(a), x.v9, b * y.v9); }
  if (W > 10u) { h.v10 = fma(vec4f(a), x.v10, b * y.v10); }
  if (W > 11u) { h.v11 = fma(vec4f(a), x.v11, b * y.v11); }
  if (W > 12u) { h.v12 = fma(vec4f(a), x.v12, b * y.v12); }
  if (W > 13u) { h.v13 = fma(vec4f(a), x.v13, b * y.v13); }
  if (W > 14u) { h.v14 = fma(vec4f(a), x.v14, b * y.v14); }
  if (W > 15u) { h.v15 = fma(vec4f(a), x.v15, b * y.v15); }
  return h;
}

// a x + y
fn add_scaled(a: f32, x: HeadVector, y: HeadVector) -> HeadVector {
  var h = HeadVector();
  h.v0 = fma(vec4f(a), x.v0, y.v0);
  if (W > 1u) { h.v1 = fma(vec4f(a), x.v1, y.v1); }
  if (W > 2u) { h.v2 = fma(vec4f(a), x.v2, y.v2); }
  if (W > 3u) { h.v3 = fma(vec4f(a), x.v3, y.v3); }
  if (W > 4u) { h.v4 = fma(vec4f(a), x.v4, y.v4); }
  if (W > 5u) { h.v5 = fma(vec4f(a), x.v5, y.v5); }
  if (W > 6u) { h.v6 = fma(vec4f(a), x.v6, y.v6); }
  if (W > 7u) { h.v7 = fma(vec4f(a), x.v7, y.v7); }
  if (W > 8u) { h.v8 = fma(vec4f(a), x.v8, y.v8); }
  if (W > 9u) { h.v9 = fma(vec4f(a), x.v9, y.v9); }
  if (W > 10u) { h.v10 = fma(vec4f(a), x.v10, y.v10); }
  if (W > 11u) { h.v11 = fma(vec4f(a), x.v11, y.v11); }
  if (W > 12u) { h.v12 = fma(vec4f(a), x.v12, y.v12); }
  if (W > 13u) { h.v13 = fma(vec4f(a), x.v13, y.v13); }
  if (W > 14u) { h.v14 = fma(vec4f(a), x.v14, y.v14); }
  if (W > 15u) { h.v15 = fma(vec4f(a), x.v15, y.v15); }
  return h;
}

fn attend(thread: Thread, place: Place) {
  let t = place.first + thread.local.x;
  if (t >= T) { return; }
  let row = place.sequence + t;
  let q = load_qkv(q_at(row, place.head));
  var o = HeadVector();
  var largest = -3e38;
  var sum = 0.0;
  for (var s = 0u; s <= t; s++) {
    let score = dot_product(q, load_qkv(k_at(place.sequence + s, place.head))) * SCALE;
    let next = max(largest, score);
    let keep = exp(largest - next);
    let weight = exp(score - next);
    largest = next;
    sum = fma(sum, keep, weight);
    o = blend(keep, o, weight, load_qkv(v_at(place.sequence + s, place.head)));
  }
  store_mix(mix_at(row, place.head), scaled(1.0 / sum, o));
  lse[row * H + place.head] = largest + log(sum);
}

fn attend_back_to_queries(thread: Thread, place: Place) {
  let t = place.first + thread.local.x;
  if (t >= T) { return; }
  let row = place.sequence + t;
  let q = load_qkv(q_at(row, place.head));
  let g = load_da(da_at(row, place.head));
  let d = delta_of(g, row, place.head);
  let norm = lse[row * H + place.head];
  delta[row * H + place.head] = d;
  var dq = HeadVector();
  for (var s = 0u; s <= t; s++) {
    let k = load_qkv(k_at(place.sequence + s, place.head));
    let weight = exp(fma(dot_product(q, k), SCALE, -norm));
    let ds = weight * (dot_product(g, load_qkv(v_at(place.sequence + s, place.head))) - d);
    dq = add_scaled(ds, k, dq);
  }
  store_dy(dy_at(row, place.head), unrotated(scaled(SCALE, dq), t));
}

// Gradients of keys and of values together keep 4 D numbers a thread in registers. In two workgroups they need one more
// product of each pair, but less of a GPU's registers: it holds more threads at once, and each is shorter.
fn attend_back_to_keys(thread: Thread, place: Place, part: u32) {
  let t = place.first + thread.local.x;
  if (t >= T) { return; }
  if (KEY_PARTS == 1u) {
    attend_back_to_key_and_value(place, t);
  } else {
    attend_back_to_key(place, t, part == 0u);
    attend_back_to_value(place, t, part == 1u);
  }
}

// From the last query down to the own position: all threads are then at the same query, whose vectors a GPU loads once.
fn attend_back_to_key_and_value(place: Place, t: u32) {
  let row = place.sequence + t;
  let k = load_qkv(k_at(row, place.head));
  let v = load_qkv(v_at(row, place.head));
  var dk = HeadVector();
  var dv = HeadVector();
  for (var i = T; i > t; i--) {
    let query = place.sequence + i - 1u;
    let q = load_qkv(q_at(query, place.head));
    let g = load_da(da_at(query, place.head));
    let weight = exp(fma(dot_product(k, q), SCALE, -lse[query * H + place.head]));
    let ds = weight * (dot_product(v, g) - delta[query * H + place.head]);
    dv = add_scaled(weight, g, dv);
    dk = add_scaled(ds, q, dk);
  }
  store_dy(dy_at(row, place.head) + C / 4u, unrotated(scaled(SCALE, dk), t));
  store_dy(dy_at(row, place.head) + C / 2u, dv);
}

// A loop of no turns costs nothing anywhere; a branch around it would cost software adapters both its sides.
fn attend_back_to_key(place: Place, t: u32, mine: bool) {
  let row = place.sequence + t;
  let k = load_qkv(k_at(row, place.head));
  let v = load_qkv(v_at(row, place.head));
  var dk = HeadVector();
  for (var i = select(0u, T, mine); i > t; i--) {
    let query = place.sequence + i - 1u;
    let q = load_qkv(q_at(query, place.head));
    let weight = exp(fma(dot_product(k, q), SCALE, -lse[query * H + place.head]));
    let ds = weight * (dot_product(v, load_da(da_at(query, place.head))) - delta[query * H + place.head]);
    dk = add_scaled(ds, q, dk);
  }
  if (mine) { store_dy(dy_at(row, place.head) + C / 4u, unrotated(scaled(SCALE, dk), t)); }
}

fn attend_back_to_value(place: Place, t: u32, mine: bool) {
  let row = place.sequence + t;
  let k = load_qkv(k_at(row, place.head));
  var dv = HeadVector();
  for (var i = select(0u, T, mine); i > t; i--) {
    let query = place.sequence + i - 1u;
    let weight = exp(fma(dot_product(k, load_qkv(q_at(query, place.head))), SCALE, -lse[query * H + place.head]));
    dv = add_scaled(weight, load_da(da_at(query, place.head)), dv);
  }
  if (mine) { store_dy(dy_at(row, place.head) + C / 2u, dv); }
}
