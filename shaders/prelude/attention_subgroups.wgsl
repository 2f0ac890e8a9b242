// attention_subgroups: the form of attention whose threads load different keys (queries) and hand them round in quads
// Keys are taken four at a time. All threads of a workgroup need the same four, so each quad of neighbouring lanes loads
// them once, a lane one key, whatever the size of a subgroup. Loops end at the same place for a whole workgroup; what is
// a future key to one of its queries gets weight zero there. Positions beyond T read the last one and write nothing.
enable subgroups;

override QUERIES: u32 = 2u; // 1, 2 or 4 queries (keys) a thread, THREADS apart: broadcasts are shared between them
override POSITIONS: u32 = THREADS * QUERIES; // of a workgroup
const KEY_PARTS = 1u; // gradients of keys and of values come from the same workgroup

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
}

// The quad's four vec4s.
fn quad_rows(own: vec4f) -> mat4x4f {
  return mat4x4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
}

fn quad_values(own: f32) -> vec4f {
  return vec4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
}

// sum + a b, a vec4 times a matrix of four rows, as multiply-adds.
fn add_product(sum: vec4f, a: vec4f, b: mat4x4f) -> vec4f {
  return fma(vec4f(a.w), b[3], fma(vec4f(a.z), b[2], fma(vec4f(a.y), b[1], fma(vec4f(a.x), b[0], sum))));
}

fn quad_dot(sum: vec4f, q: vec4f, own: vec4f) -> vec4f { return add_product(sum, q, transpose(quad_rows(own))); }
fn quad_sum(sum: vec4f, weights: vec4f, own: vec4f) -> vec4f { return add_product(sum, weights, quad_rows(own)); }

// q times each of the quad's four vectors.
fn quad_scores(q: HeadVector, own: HeadVector) -> vec4f {
  var s = quad_dot(vec4f(), q.v0, own.v0);
  if (W > 1u) { s = quad_dot(s, q.v1, own.v1); }
  if (W > 2u) { s = quad_dot(s, q.v2, own.v2); }
  if (W > 3u) { s = quad_dot(s, q.v3, own.v3); }
  if (W > 4u) { s = quad_dot(s, q.v4, own.v4); }
  if (W > 5u) { s = quad_dot(s, q.v5, own.v5); }
  if (W > 6u) { s = quad_dot(s, q.v6, own.v6); }
  if (W > 7u) { s = quad_dot(s, q.v7, own.v7); }
  if (W > 8u) { s = quad_dot(s, q.v8, own.v8); }
  if (W > 9u) { s = quad_dot(s, q.v9, own.v9); }
  if (W > 10u) { s = quad_dot(s, q.v10, own.v10); }
  if (W > 11u) { s = quad_dot(s, q.v11, own.v11); }
  if (W > 12u) { s = quad_dot(s, q.v12, own.v12); }
  if (W > 13u) { s = quad_dot(s, q.v13, own.v13); }
  if (W > 14u) { s = quad_dot(s, q.v14, own.v14); }
  if (W > 15u) { s = quad_dot(s, q.v15, own.v15); }
  return s;
}

// x + the quad's four vectors, each times its weight.
fn quad_add(x: HeadVector, weights: vec4f, own: HeadVector) -> HeadVector {
  var h = HeadVector();
  h.v0 = quad_sum(x.v0, weights, own.v0);
  if (W > 1u) { h.v1 = quad_sum(x.v1, weights, own.v1); }
  if (W > 2u) { h.v2 = quad_sum(x.v2, weights, own.v2); }
  if (W > 3u) { h.v3 = quad_sum(x.v3, weights, own.v3); }
  if (W > 4u) { h.v4 = quad_sum(x.v4, weights, own.v4); }
  if (W > 5u) { h.v5 = quad_sum(x.v5, weights, own.v5); }
  if (W > 6u) { h.v6 = quad_sum(x.v6, weights, own.v6); }
  if (W > 7u) { h.v7 = quad_sum(x.v7, weights, own.v7); }
  if (W > 8u) { h.v8 = quad_sum(x.v8, weights, own.v8); }
  if (W > 9u) { h.v9 = quad_sum(x.v9, weights, own.v9); }
  if (W > 10u) { h.v10 = quad_sum(x.v10, weights, own.v10); }
  if (W > 11u) { h.v11 = quad_sum(x.v11, weights, own.v11); }
  if (W > 12u) { h.v12 = quad_sum(x.v12, weights, own.v12); }
  if (W > 13u) { h.v13 = quad_sum(x.v13, weights, own.v13); }
  if (W > 14u) { h.v14 = quad_sum(x.v14, weights, own.v14); }
  if (W > 15u) { h.v15 = quad_sum(x.v15, weights, own.v15); }
  return h;
}

fn position(thread: Thread, place: Place, i: u32) -> u32 { return place.first + i * THREADS + thread.local.x; }
fn row_of(place: Place, t: u32) -> u32 { return place.sequence + min(t, T - 1u); }

struct Query {
  t: u32,
  q: HeadVector,
  o: HeadVector,
  largest: f32,
  sum: f32,
}

fn query_at(place: Place, t: u32) -> Query {
  let q = scaled(SCALE, load_qkv(q_at(row_of(place, t), place.head)));
  return Query(t, q, HeadVector(), -3e38, 0.0);
}

fn attend_quad(x: Query, keys: vec4u, k: HeadVector, v: HeadVector) -> Query {
  let seen = keys <= vec4u(x.t);
  let scores = select(vec4f(-3e38), quad_scores(x.q, k), seen);
  let largest = max(x.largest, max(max(scores.x, scores.y), max(scores.z, scores.w)));
  let keep = exp(x.largest - largest);
  let weights = select(vec4f(), exp(scores - largest), seen);
  let sum = fma(x.sum, keep, (weights.x + weights.y) + (weights.z + weights.w));
  return Query(x.t, x.q, quad_add(scaled(keep, x.o), weights, v), largest, sum);
}

fn store_query(place: Place, x: Query) {
  if (x.t >= T) { return; }
  let row = row_of(place, x.t);
  store_mix(mix_at(row, place.head), scaled(1.0 / x.sum, x.o));
  lse[row * H + place.head] = x.largest + log(x.sum);
}

fn attend(thread: Thread, place: Place) {
  var x0 = query_at(place, position(thread, place, 0u));
  var x1 = Query();
  var x2 = Query();
  var x3 = Query();
  if (QUERIES > 1u) { x1 = query_at(place, position(thread, place, 1u)); }
  if (QUERIES > 2u) { x2 = query_at(place, position(thread, place, 2u)); }
  if (QUERIES > 2u) { x3 = query_at(place, position(thread, place, 3u)); }
  for (var s = 0u; s < min(T, place.first + POSITIONS); s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let k = load_qkv(k_at(own, place.head));
    let v = load_qkv(v_at(own, place.head));
    let keys = s + vec4u(0u, 1u, 2u, 3u);
    x0 = attend_quad(x0, keys, k, v);
    if (QUERIES > 1u) { x1 = attend_quad(x1, keys, k, v); }
    if (QUERIES > 2u) { x2 = attend_quad(x2, keys, k, v); }
    if (QUERIES > 2u) { x3 = attend_quad(x3, keys, k, v); }
  }
  store_query(place, x0);
  if (QUERIES > 1u) { store_query(place, x1); }
  if (QUERIES > 2u) { store_query(place, x2); }
  if (QUERIES > 2u) { store_query(place, x3); }
}

struct QueryBack {
  t: u32,
  q: HeadVector,
  g: HeadVector,
  dq: HeadVector,
  delta: f32,
  norm: f32,
}

fn query_back_at(place: Place, t: u32) -> QueryBack {
  let row = row_of(place, t);
  let q = load_qkv(q_at(row, place.head));
  let g = load_da(da_at(row, place.head));
  return QueryBack(t, q, g, HeadVector(), delta_of(row, place.head), lse[row * H + place.head]);
}

fn attend_quad_back_to_query(x: QueryBack, keys: vec4u, k: HeadVector, v: HeadVector) -> QueryBack {
  let weights = exp(fma(quad_scores(x.q, k), vec4f(SCALE), vec4f(-x.norm)));
  let ds = select(vec4f(), weights * (quad_scores(x.g, v) - x.delta), keys <= vec4u(x.t));
  return QueryBack(x.t, x.q, x.g, quad_add(x.dq, ds, k), x.delta, x.norm);
}

fn store_query_back(place: Place, x: QueryBack) {
  if (x.t >= T) { return; }
  let row = row_of(place, x.t);
  delta[row * H + place.head] = x.delta;
  store_dy(dy_at(row, place.head), unrotated(scaled(SCALE, x.dq), x.t));
}

fn attend_back_to_queries(thread: Thread, place: Place) {
  var x0 = query_back_at(place, position(thread, place, 0u));
  var x1 = QueryBack();
  var x2 = QueryBack();
  var x3 = QueryBack();
  if (QUERIES > 1u) { x1 = query_back_at(place, position(thread, place, 1u)); }
  if (QUERIES > 2u) { x2 = query_back_at(place, position(thread, place, 2u)); }
  if (QUERIES > 2u) { x3 = query_back_at(place, position(thread, place, 3u)); }
  for (var s = 0u; s < min(T, place.first + POSITIONS); s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let k = load_qkv(k_at(own, place.head));
    let v = load_qkv(v_at(own, place.head));
    let keys = s + vec4u(0u, 1u, 2u, 3u);
    x0 = attend_quad_back_to_query(x0, keys, k, v);
    if (QUERIES > 1u) { x1 = attend_quad_back_to_query(x1, keys, k, v); }
    if (QUERIES > 2u) { x2 = attend_quad_back_to_query(x2, keys, k, v); }
    if (QUERIES > 2u) { x3 = attend_quad_back_to_query(x3, keys, k, v); }
  }
  store_query_back(place, x0);
  if (QUERIES > 1u) { store_query_back(place, x1); }
  if (QUERIES > 2u) { store_query_back(place, x2); }
  if (QUERIES > 2u) { store_query_back(place, x3); }
}

struct Key {
  t: u32,
  k: HeadVector,
  v: HeadVector,
  dk: HeadVector,
  dv: HeadVector,
}

// Four queries as a key sees them; q and g are the lane's own.
struct Queries {
  t: vec4u,
  norm: vec4f,
  delta: vec4f,
  q: HeadVector,
  g: HeadVector,
}

fn key_at(place: Place, t: u32) -> Key {
  let row = row_of(place, t);
  return Key(t, load_qkv(k_at(row, place.head)), load_qkv(v_at(row, place.head)), HeadVector(), HeadVector());
}

fn attend_quad_back_to_key(x: Key, queries: Queries) -> Key {
  let sees = (queries.t >= vec4u(x.t)) & (queries.t < vec4u(T));
  let weights = select(vec4f(), exp(fma(quad_scores(x.k, queries.q), vec4f(SCALE), -queries.norm)), sees);
  let ds = weights * (quad_scores(x.v, queries.g) - queries.delta);
  return Key(x.t, x.k, x.v, quad_add(x.dk, ds, queries.q), quad_add(x.dv, weights, queries.g));
}

fn store_key(place: Place, x: Key) {
  if (x.t >= T) { return; }
  let at = dy_at(row_of(place, x.t), place.head);
  store_dy(at + C / 4u, unrotated(scaled(SCALE, x.dk), x.t));
  store_dy(at + C / 2u, x.dv);
}

fn attend_back_to_keys(thread: Thread, place: Place, part: u32) {
  var x0 = key_at(place, position(thread, place, 0u));
  var x1 = Key();
  var x2 = Key();
  var x3 = Key();
  if (QUERIES > 1u) { x1 = key_at(place, position(thread, place, 1u)); }
  if (QUERIES > 2u) { x2 = key_at(place, position(thread, place, 2u)); }
  if (QUERIES > 2u) { x3 = key_at(place, position(thread, place, 3u)); }
  for (var s = place.first; s < T; s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let norm = quad_values(lse[own * H + place.head]);
    let along = quad_values(delta[own * H + place.head]);
    let q = load_qkv(q_at(own, place.head));
    let queries = Queries(s + vec4u(0u, 1u, 2u, 3u), norm, along, q, load_da(da_at(own, place.head)));
    x0 = attend_quad_back_to_key(x0, queries);
    if (QUERIES > 1u) { x1 = attend_quad_back_to_key(x1, queries); }
    if (QUERIES > 2u) { x2 = attend_quad_back_to_key(x2, queries); }
    if (QUERIES > 2u) { x3 = attend_quad_back_to_key(x3, queries); }
  }
  store_key(place, x0);
  if (QUERIES > 1u) { store_key(place, x1); }
  if (QUERIES > 2u) { store_key(place, x2); }
  if (QUERIES > 2u) { store_key(place, x3); }
}
