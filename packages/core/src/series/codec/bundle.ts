export {
  type BundleDirectory,
  decodeBundleDirectory,
  MAX_BUNDLE_PARTS,
  MAX_BUNDLE_POINTS,
  MAX_PART_POINTS,
} from "./bundle-directory.ts";
export { decodeBundle, decodeBundlePart, decodeBundlePartAt, type FrameCache, findBundlePart } from "./bundle-read.ts";
export { type BundlePart, encodeBundle } from "./bundle-write.ts";
