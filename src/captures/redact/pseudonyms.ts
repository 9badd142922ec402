// Names for people, places and words that aren't theirs: the same input gives the same pseudonym under one key, length and
// script stay roughly, and without the key nobody gets back.
import { createHmac } from "node:crypto";

/** A stream of numbers below 1, the same for the same words. */
type Chance = () => number;

const consonants = "bdfghklmnprstvz";
const vowels = "aeiou";
const kanji = "山川田中木本村上下大小東西南北春夏秋冬花鳥風月星空海林石水火土金光音色雨雪雲朝夜心手足目耳口";
const emoji = ["🌱", "🍀", "🌻", "🍎", "🍵", "🐟", "🐢", "🐧", "⭐", "🌙", "☁️", "🎈", "🎲", "📎", "🔔", "🧩"];

/** A letter of the same script and case; what is neither letter, digit nor emoji stays. */
function letterLike(letter: string, chance: Chance): string {
  const pick = (from: string | readonly string[]): string => from[Math.floor(chance() * from.length)] ?? letter;
  const between = (first: number, last: number): string =>
    String.fromCodePoint(first + Math.floor(chance() * (last - first + 1)));
  if (/[0-9]/.test(letter)) return between(0x30, 0x39);
  if (/[a-z]/.test(letter)) return pick(`${consonants}${vowels}`);
  if (/[A-Z]/.test(letter)) return pick(`${consonants}${vowels}`).toUpperCase();
  if (/\p{Script=Hiragana}/u.test(letter)) return between(0x3042, 0x3093);
  if (/\p{Script=Katakana}/u.test(letter)) return between(0x30a2, 0x30f3);
  if (/\p{Script=Han}/u.test(letter)) return pick(kanji);
  if (/\p{Script=Hangul}/u.test(letter)) return between(0xac00, 0xd7a3);
  if (/\p{Script=Cyrillic}/u.test(letter)) return between(0x430, 0x44f);
  if (/\p{Extended_Pictographic}/u.test(letter)) return pick(emoji);
  if (/\p{Lu}/u.test(letter)) return pick(consonants).toUpperCase();
  return /\p{L}/u.test(letter) ? pick(consonants) : letter;
}

/** Ids that servers put into what their test button sends: nobody's, and what such a delivery is known by. */
export const dummyId: RegExp = /^dummy-[a-z-]*\d+$/;

/** Pseudonyms under one key. */
export class Pseudonyms {
  readonly #key: string | Uint8Array;
  readonly #known = new Map<string, string>();

  constructor(key: string | Uint8Array) {
    this.#key = key;
  }

  /** Lower-case syllables, at least six letters. */
  username(original: string): string {
    return this.#once("username", original.toLowerCase(), (chance) => {
      const length = Math.min(20, Math.max(6, original.length));
      const letter = (from: string): string => from[Math.floor(chance() * from.length)] ?? "";
      return Array.from({ length }, (_, index) => letter(index % 2 === 0 ? consonants : vowels)).join("");
    });
  }

  /** A host of the domain that is reserved for examples; the port goes. */
  host(original: string): string {
    const name = original.toLowerCase().replace(/:\d+$/, "");
    return this.#once("host", name, (chance) => `${this.#syllables(chance, 8)}.example`);
  }

  /** Digits for digits, letters for letters; a UUID stays one. */
  id(original: string): string {
    if (dummyId.test(original)) return original;
    const isHex = /^[\da-f-]+$/.test(original);
    return this.#once("id", original, (chance) =>
      Array.from(original, (character, index) => {
        if (/^[\da-f]{8}-[\da-f]{4}-/.test(original) && (index === 14 || index === 19)) return character;
        if (isHex && character !== "-") return Math.floor(chance() * 16).toString(16);
        return letterLike(character, chance);
      }).join(""),
    );
  }

  /** Letter by letter; the same word in another case is the same. */
  word(original: string): string {
    const lower = original.toLowerCase();
    const made = this.#once("word", lower, (chance) => this.#letters(lower, chance));
    const letters = Array.from(made);
    return Array.from(original, (letter, index) => {
      const other = letters[index] ?? "";
      return letter === letter.toLowerCase() ? other : other.toUpperCase();
    }).join("");
  }

  /** A day of the years 1950 to 2009. */
  birthday(original: string): string {
    return this.#once("birthday", original, (chance) => {
      const part = (first: number, count: number): string =>
        String(first + Math.floor(chance() * count)).padStart(2, "0");
      return `${part(1950, 60)}-${part(1, 12)}-${part(1, 28)}`;
    });
  }

  #letters(text: string, chance: Chance): string {
    return Array.from(text, (letter) => letterLike(letter, chance)).join("");
  }

  #syllables(chance: Chance, length: number): string {
    return Array.from({ length }, (_, index) => letterLike(index % 2 === 0 ? "b" : "a", chance)).join("");
  }

  #once(kind: string, original: string, make: (chance: Chance) => string): string {
    const key = `${kind} ${original}`;
    let made = this.#known.get(key);
    // What comes out as it went in is made again; what has no letters can't become another.
    for (let round = 0; made === undefined || (made === original && round < 8); round++) {
      made = make(this.#chance(`${key} ${round}`));
    }
    this.#known.set(key, made);
    return made;
  }

  #chance(seed: string): Chance {
    let block = 0;
    let bytes = Buffer.alloc(0);
    return () => {
      if (bytes.length < 4) {
        bytes = Buffer.concat([bytes, createHmac("sha256", this.#key).update(`${block++} ${seed}`).digest()]);
      }
      const value = bytes.readUInt32BE(0) / 2 ** 32;
      bytes = bytes.subarray(4);
      return value;
    };
  }
}
