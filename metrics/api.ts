// What the API counts: requests, commands, intakes. Labels come from short lists: never a number, a name, an address.
import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";

/** Seconds; a command is answered within 5. */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `unknown`: answered 503, may still take effect before its time is up. */
export type CommandOutcome = "done" | "repeated" | "refused" | "unknown";
export type IntakeOutcome = "accepted" | "repeated" | "refused";

export interface Answered {
  readonly method: string;
  /** The pattern, "/api/v1/tickets/:number"; "none" for an address that is nobody's. */
  readonly route: string;
  /** "aborted" when the client was gone first. */
  readonly status: number | "aborted";
}

export type ApiMetrics = ReturnType<typeof createApiMetrics>;

export function createApiMetrics(registry: Registry) {
  const { requests, inFlight, requestSeconds, commands, commandSeconds, intakes } = series(registry);
  return {
    /** A request has come; tell what became of it. */
    request: (): ((answered: Answered) => void) => {
      const seconds = requestSeconds.startTimer();
      inFlight.inc();
      return ({ method, route, status }) => {
        inFlight.dec();
        requests.inc({ method, route, status });
        seconds({ method, route });
      };
    },
    /** A command has come; tell what became of it, with the problem's code when that was refused. */
    command: (verb: string): ((outcome: CommandOutcome, code?: string) => void) => {
      const seconds = commandSeconds.startTimer({ verb });
      return (outcome, code = "") => {
        commands.inc({ verb, outcome, code });
        seconds({ outcome });
      };
    },
    intake: (outcome: IntakeOutcome, code = ""): void => intakes.inc({ outcome, code }),
  };
}

function series(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: "perdura_http_requests_total",
      help: "Requests that have ended, by route pattern and HTTP status.",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    inFlight: new Gauge({
      name: "perdura_http_requests_in_flight",
      help: "Requests that are being answered.",
      registers,
    }),
    requestSeconds: new Histogram({
      name: "perdura_http_request_duration_seconds",
      help: "From a request's coming to the end of its answer.",
      labelNames: ["method", "route"],
      buckets,
      registers,
    }),
    commands: new Counter({
      name: "perdura_commands_total",
      help: "Commands by verb, outcome (done, repeated, refused, unknown) and the problem's code.",
      labelNames: ["verb", "outcome", "code"],
      registers,
    }),
    commandSeconds: new Histogram({
      name: "perdura_command_duration_seconds",
      help: "From a command's coming to its recorded event, or to its refusal.",
      labelNames: ["verb", "outcome"],
      buckets,
      registers,
    }),
    intakes: new Counter({
      name: "perdura_intakes_total",
      help: "Submitted tickets by outcome (accepted, repeated, refused) and the problem's code.",
      labelNames: ["outcome", "code"],
      registers,
    }),
  };
}
