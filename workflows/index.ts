export { courier } from "./courier";
export { notices } from "./notices";
export { ticket } from "./ticket";
