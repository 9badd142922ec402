// Is the secret looked at? It is the only thing that tells an instance from anybody else.
import type { Check } from "./check.js";
import { oddSecretFor, wrongSecretFor } from "../deliveries/plans.js";
import { exactly, secretCheck } from "./secret-check.js";

export const secretChecks: readonly Check[] = [
  secretCheck(
    {
      name: "wrong",
      title: "a wrong secret",
      sends:
        "Plain deliveries with secrets that have nothing in common with the right one: one in ASCII, one as long in letters with accents.",
      why: "Anybody who learns the URL can send to it. A 5xx or no answer has every forged request sent again; a 2xx hides that something is wrong.",
      fix: "Compare `x-misskey-hook-secret` with your secret before you read the body, and answer 401 when it differs.",
    },
    (secret) => [wrongSecretFor(secret), oddSecretFor(secret)],
  ),
  secretCheck(
    {
      name: "missing",
      title: "no secret header",
      sends: "A plain delivery without the secret's header.",
      why: "A scanner sends no such header. A check that runs only when the header is there lets it in.",
      fix: "Treat a missing header as a wrong secret; in particular don't write `if (header && header !== secret)`.",
    },
    () => [null],
  ),
  secretCheck(
    {
      name: "empty",
      title: "an empty secret",
      sends: "A plain delivery whose secret header is empty, as a hook without a secret sends it.",
      why: "An empty string counts as false in many languages, and is contained in every string.",
      fix: `Refuse an empty header, and refuse to start without a configured secret. ${exactly}`,
    },
    () => [""],
  ),
];
