// What a reporter needs to lay text out for a person; the commands hand it over from terminal/.

type Paint = (text: string) => string;

/** Colours by role, and a way to make a stranger's text safe to print. */
export interface ReportStyle {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
  readonly faint: Paint;
  /** Makes text printable and cuts it to a line. */
  readonly safe: (text: string, maxColumns?: number) => string;
}
