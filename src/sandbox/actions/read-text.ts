// What a text mentions and tags, read with the parser that Misskey itself uses: code and links don't mention anybody.
import { extract, type MfmNode, parse } from "mfm-js";

/** What was found in a note's texts, in order, each once. */
export interface TextContents {
  readonly mentions: readonly { readonly username: string; readonly host: string | null }[];
  /** Without the `#`, in the form in which a server searches them: normalised, lower case. */
  readonly tags: readonly string[];
}

/** More tags than this aren't kept, nor longer ones. */
const maxTags = 32;
const maxTagCharacters = 128;

function nodesOf(texts: readonly string[]): MfmNode[] {
  return texts.flatMap((text) => parse(text));
}

/** Reads texts that belong together: a note's text, its content warning and the choices of its poll. */
export function readTexts(texts: readonly string[]): TextContents {
  const nodes = nodesOf(texts);
  const mentions = extract(nodes, ({ type }) => type === "mention").map(({ props }) => {
    const { username, host } = props as { readonly username: string; readonly host: string | null };
    return { username, host };
  });
  const tags = extract(nodes, ({ type }) => type === "hashtag")
    .map(({ props }) => (props as { readonly hashtag: string }).hashtag)
    .filter((tag) => Array.from(tag).length <= maxTagCharacters);
  return {
    mentions,
    tags: [...new Set(tags)].slice(0, maxTags).map((tag) => tag.normalize("NFKC").toLowerCase()),
  };
}
