/** Pixels; the picture stands on a grid of 8. */
export const measures = {
  margin: 32,
  title: 56,
  cardWidth: 208,
  /** Between the edge of a card and what is in it. */
  cardPadding: 10,
  icon: 36,
  /** A line of text below the header of a card. */
  remark: 24,
  /** A server in a card, with the space below it. */
  member: 28,
  /** Between two columns of cards. */
  corridor: 40,
  /** Between a card and the frame of the private network. */
  sideCorridor: 32,
  /** Between the frame of a region and the frame of its private network. */
  framePadding: 16,
  frameHeader: 56,
  /** Room for the name of the private network. */
  networkHeader: 24,
  /** Between two regions: room for a tunnel. */
  gutter: 128,
  tunnelWidth: 96,
  tunnelHeight: 28,
  /** One tunnel that passes over other regions. */
  tunnelLane: 40,
  /** Between two lines in the same channel. */
  track: 8,
  /** Between a line and the cards above and below it: an arrow and a corner. */
  trackMargin: 20,
  /** Between two ends of lines at one side of a card. */
  port: 16,
  cornerRadius: 6,
} as const;
