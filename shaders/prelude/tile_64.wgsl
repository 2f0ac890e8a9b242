// tile_64: the form in tiles with 64x64 results a workgroup
const TILE = 64u;
const DEPTH = 32u;
