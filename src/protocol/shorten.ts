/** A value as findings and reasons show it: 80 characters at most. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
