/** Our own drawings, 16 by 16, to be stroked. */
export const icons = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  expand: 'M8 6V2M5.5 4 8 1.5 10.5 4M8 10v4M5.5 12 8 14.5 10.5 12M2.5 8h11',
  fail: 'M8.8 1.5 3.5 9H8l-.8 5.5L12.5 7H8z',
  clear: 'M4 4l8 8M12 4l-8 8',
  save: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 11v2.5h11V11',
} as const;
