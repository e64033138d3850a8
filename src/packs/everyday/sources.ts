import type { Basis } from './condition.ts';

/**
 * The grounds of our limits. A figure in brackets is the limit itself: the pack's test compares the two, so that a
 * changed limit cannot keep an old ground. What is quoted from law is quoted from memory and says so.
 */
const common = (figure: string): Basis => ({
  source: `common practice of digital city management tables (${figure})`,
  confidence: 'common',
});

const unsure = (source: string): Basis => ({ source, confidence: 'unsure' });

const like = (what: string): Basis => unsure(`our proposal, sized like ${what}; county to settle`);

export const missingCover = common('2 urgent hours for a missing cover');
export const brokenCover = common('4 working hours for a cover broken over 25 cm²');
export const brokenPipe = common('1 urgent hour for a broken gas or water pipe');
export const streetStalls = common('2 urgent hours for street stalls');
export const dirtyRoad = common('2 working hours for a dirty road');
export const brokenRoad = common('5 working days for a road broken over 0.5 m²');
export const illegalAds = common('1 working day for illegal advertisements');
export const illegalBuilding = common('2 natural days for an illegal building under construction');

export const likeMissingCover = like('a missing cover (2 urgent hours)');
export const likeBrokenCover = like('a broken cover (4 working hours)');
export const likeBrokenPipe = like('a broken gas or water pipe (1 urgent hour)');
export const likeStalls = like('street stalls (2 urgent hours)');
export const likeDirtyRoad = like('a dirty road (2 working hours)');
export const likeBrokenRoad = like('a broken road (5 working days)');
export const likeAds = like('illegal advertisements (1 working day)');
export const likeBuilding = like('an illegal building under construction (2 natural days)');

export const proposal = unsure('our proposal: county to settle');
/** The limit covers averting the danger. What must be rebuilt afterwards is a repair with its own date. */
export const dangerFirst = unsure(
  'our proposal: the limit covers averting the danger, not the lasting repair; county to settle',
);
/** The limit covers the call to police, fire brigade or ambulance and what the grid does until they come. */
export const callFirst = unsure(
  'our proposal: the limit covers calling rescue or police and handing over; county to settle',
);
export const stopWork = unsure(
  'our proposal: the limit covers stopping the work and ordering repair; county to settle',
);

export const hotlineLife = unsure(
  'draft feedback limits of one city hotline, Beijing 2021, secondary source (2 urgent hours where life or property is at stake)',
);
export const hotlineSupply = unsure(
  'draft feedback limits of one city hotline, Beijing 2021, secondary source (24 urgent hours for water, power, gas and heat)',
);
export const hotlineComplex = unsure(
  'draft feedback limits of one city hotline, Beijing 2021, secondary source (15 natural days for complex requests)',
);
export const powerRepair = unsure(
  'our proposal; one reported case took 40 minutes, grid companies promise arrival in 45 to 90 minutes as recalled; to check',
);
export const liftRescue = unsure(
  'lift maintenance rules TSG T5002 as recalled, arrival outside large cities (60 minutes to reach trapped people); to check',
);
export const oneMediation = unsure(
  'one reported mediation of a leak between neighbours (7 natural days); county to settle',
);
export const mediationRules = unsure('people’s mediation rules as recalled, usual length (30 natural days); to check');
export const legalAidLaw = unsure('Legal Aid Law as recalled, decision on an application (7 natural days); to check');
export const labourRules = unsure(
  'labour inspection regulation as recalled, completion after filing (60 working days); to check',
);
export const complaintRules = unsure(
  'market supervision complaint rules as recalled, decision to accept (7 working days); to check',
);
