// What trained models are asked to continue, so that forgetting can be read.

/** How text is drawn: bytes a prompt is continued with, and the share of chance in it. Fixed, so that it is the same again. */
export const sampling = { seed: 1, length: 120, temperature: 0.7 } as const;
