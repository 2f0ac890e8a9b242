// gelu: x * sigmoid(2 z), z = sqrt(2/pi) (x + 0.044715 x^3), the tanh form of GPT-NeoX's fused kernel, and its slope
// The exponent is clamped to +-30 so that exp never overflows; below x of about -7 the result is then up to 1e-11, and
// its slope up to 1e-9, away from zero.

const GELU_SCALE = 1.5957691216057308; // 2 sqrt(2/pi)
const GELU_CUBIC = 0.044715;

struct Gelu {
  value: vec4f,
  slope: vec4f, // derivative
}

fn gelu(x: vec4f) -> Gelu {
  let z = GELU_SCALE * (x + GELU_CUBIC * x * x * x);
  let s = 1.0 / (1.0 + exp(clamp(-z, vec4f(-30.0), vec4f(30.0))));
  return Gelu(x * s, s + x * s * (1.0 - s) * GELU_SCALE * (1.0 + 3.0 * GELU_CUBIC * x * x));
}
