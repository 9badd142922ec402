/** The media type of a `Content-Type` without its parameters, in lower case: `text/plain` of `text/plain;charset=UTF-8`. */
export function mediaTypeOf(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}
