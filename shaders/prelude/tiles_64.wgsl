// tiles_64: the form in tiles with 64x64 results a workgroup
// uses     tiles
const TILE = 64u;
const DEPTH = 32u;
