/** Its own queue, so that the product's worker has nothing to do with it. */
export const floorQueue = "floor";
/** As many as a ticket's life has commands. */
export const floorSteps = 4;
