export { courier } from "./courier";
export { notices } from "./notices";
export { retraining } from "./retraining";
export { ticket } from "./ticket";
