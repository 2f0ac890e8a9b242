// Where things are on a panel, a loss chart with the learning rate under it: margins that all its layers share.

/** The panel's box and the plot area inside it, in CSS pixels. Loss plot and learning-rate strip share left and right. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Bottom edge of the loss plot. */
  readonly plotTop: number;
  readonly plotBottom: number;
  readonly stripTop: number;
  readonly stripBottom: number;
}

export interface FrameOptions {
  readonly width: number;
  readonly height: number;
  /** Space for the labels at the line ends. */
  readonly labels: number;
  /** Height of the learning-rate strip. */
  readonly strip: number;
}

export const axisWidth = 38;
/** Room above the plot for the phases' names. */
const captionHeight = 24;
const tickHeight = 22;
const gap = 14;

export function frameOf({ width, height, labels, strip }: FrameOptions): Frame {
  const stripBottom = height - tickHeight;
  const stripTop = stripBottom - strip;
  return {
    width,
    height,
    left: axisWidth,
    right: Math.max(axisWidth + 40, width - labels),
    plotTop: captionHeight,
    plotBottom: stripTop - gap,
    stripTop,
    stripBottom,
  };
}
