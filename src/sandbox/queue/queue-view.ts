// GET /sandbox/queue: what is pending, for people and scripts; and the two things one may do about it.
import type { FastifyInstance } from "fastify";
import type { DeliveryQueue } from "./delivery-queue.js";
import type { Job } from "./job.js";

/** A pending delivery as the view shows it. Never its secret. */
function packJob({ id, scope, hookId, type, eventId, url, attempts, dueAt, lastStatus }: Job): object {
  return { id, scope, hookId, type, eventId, url, attempts, dueAt, lastStatus: lastStatus ?? null };
}

/** Adds `GET /sandbox/queue`, `POST /sandbox/queue/:id/retry` and `DELETE /sandbox/queue/:id`. */
export function addQueueView(app: FastifyInstance, queue: DeliveryQueue): void {
  app.get("/sandbox/queue", () => ({ pending: queue.jobs.map(packJob) }));
  app.post<{ Params: { id: string } }>("/sandbox/queue/:id/retry", (request, reply) =>
    reply.code(queue.retry(request.params.id) ? 204 : 404).send(),
  );
  app.delete<{ Params: { id: string } }>("/sandbox/queue/:id", (request, reply) =>
    reply.code(queue.drop(request.params.id) ? 204 : 404).send(),
  );
}
