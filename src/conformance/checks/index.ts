// All checks, in the order they are run and reported: those that may bring a handler down come late, so that one
// crash hides as little as possible; what matters least in production comes last but for the load, so that it is what a
// slow handler's run leaves out.
import type { Check } from "./check.js";
import { acceptsChecks } from "./accepts.js";
import { burstCheck } from "./burst.js";
import { deliveryChecks } from "./delivery.js";
import { handlerChecks } from "./handler.js";
import { inputChecks } from "./input.js";
import { repetitionChecks } from "./repetition.js";
import { secretChecks } from "./secret.js";
import { secretExactnessChecks } from "./secret-exactness.js";
import { contentChecks } from "./tolerates-content.js";
import { envelopeChecks } from "./tolerates-envelope.js";

export const checks: readonly Check[] = [
  ...handlerChecks,
  ...acceptsChecks,
  ...secretChecks,
  ...deliveryChecks,
  ...contentChecks,
  ...envelopeChecks,
  ...inputChecks,
  ...secretExactnessChecks,
  ...repetitionChecks,
  burstCheck,
];
