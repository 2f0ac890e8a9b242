// tiles_32: the form in tiles with 32x32 results a workgroup, for small products
// uses     tiles
const TILE = 32u;
const DEPTH = 16u;
