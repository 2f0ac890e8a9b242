// registers: the form of matmuls that needs nothing but registers: no workgroup memory, barriers or subgroups
// uses     block
// uses     each pass: operands, registers_pass

override WX: u32 = 8u; // threads of a workgroup over columns
override WY: u32 = 8u; // and over rows

override GROUP_ROWS: u32 = 8u * WY;
override GROUP_COLUMNS: u32 = 8u * WX;
const SUMS_LEFT = false;

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
}
