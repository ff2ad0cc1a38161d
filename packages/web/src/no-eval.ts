import * as z from "zod";

// The page's policy forbids making code from text, even as a trial. Each schema of the contract asks when it is made, that is
// when its module is loaded: so this one is loaded before them.
z.config({ jitless: true });
