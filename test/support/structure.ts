// What a payload looks like without its values: key paths in order, each with null or a type.

/**
 * One line per value: `body.note.text string`. Elements of a list share a line with all their types, and maps whose
 * keys are data (reactions, emojis) are one line.
 */
export function structureOf(value: unknown): string[] {
  const lines = new Map<string, Set<string>>();
  const add = (path: string, type: string): void => {
    lines.set(path, (lines.get(path) ?? new Set()).add(type));
  };
  const walk = (current: unknown, path: string): void => {
    if (current === null) add(path, "null");
    else if (Array.isArray(current)) {
      add(path, current.length === 0 ? "empty list" : "list");
      for (const entry of current) walk(entry, `${path}[]`);
    } else if (typeof current === "object") {
      const isMap = /\.(reactions|reactionEmojis|emojis|mentionHandles)$/.test(path);
      add(path, isMap ? "map" : "object");
      if (!isMap) for (const [key, entry] of Object.entries(current)) walk(entry, path === "" ? key : `${path}.${key}`);
    } else add(path, typeof current);
  };
  walk(value, "");
  return [...lines].map(([path, types]) => `${path} ${[...types].toSorted().join("|")}`.trim());
}
