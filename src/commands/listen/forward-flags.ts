// What `listen` is told of where deliveries are handed on to, and how.
import type { Route } from "../../forward/index.js";
import type { TrustOptions } from "../options/trust.js";

/** As commander hands them over. */
export interface ForwardFlags extends TrustOptions {
  readonly forwardTo?: URL[];
  readonly route?: Route[];
  readonly forwardHeader?: [name: string, value: string][];
  /** The name of a variable, or a file. */
  readonly forwardSecret?: string;
  readonly dropSecret?: true;
  readonly forwardTimeout?: number;
  readonly forwardUnverified?: true;
  readonly answer?: "accept" | "pass";
  readonly forwardRetry?: true;
  readonly timeScale?: number;
}

/** The routes that the options name; undefined when they name none. */
export function givenRoutes({ forwardTo, route }: ForwardFlags): readonly Route[] | undefined {
  if (forwardTo === undefined && route === undefined) return undefined;
  return [...(forwardTo?.map((url) => ({ url })) ?? []), ...(route ?? [])];
}

/** The first option that says how to hand on; undefined without any. */
export function forwardOptionIn(flags: ForwardFlags): string | undefined {
  const { answer, forwardHeader, forwardSecret, dropSecret, forwardTimeout, forwardUnverified, forwardRetry } = flags;
  const given = Object.entries({
    "--answer": answer === "pass" || undefined,
    "--forward-header": forwardHeader,
    "--forward-secret": forwardSecret,
    "--drop-secret": dropSecret,
    "--forward-timeout": forwardTimeout,
    "--forward-unverified": forwardUnverified,
    "--forward-retry": forwardRetry,
    "--time-scale": flags.timeScale,
  });
  return given.find(([, value]) => value !== undefined)?.[0];
}
