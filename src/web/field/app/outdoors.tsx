import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';

/** What one goes round for, away from the cases: each part is loaded when it is opened. */
const VisitList = lazy(async () => ({ default: (await import('./visits.tsx')).VisitList }));
const VisitScreen = lazy(async () => ({ default: (await import('./visits.tsx')).VisitScreen }));
const PatrolScreen = lazy(async () => ({ default: (await import('./patrols.tsx')).PatrolScreen }));
const GateScreen = lazy(async () => ({ default: (await import('./checkpoints.tsx')).GateScreen }));

export function Outdoors() {
  return (
    <Switch>
      <Route path="/patrols/:id">{({ id }) => <PatrolScreen key={id} id={id} />}</Route>
      <Route path="/gates/:id">{({ id }) => <GateScreen key={id} id={id} />}</Route>
      <Route path="/visits/:campaign">{({ campaign }) => <VisitList campaignId={campaign} />}</Route>
      <Route path="/visits/:campaign/:id">
        {({ campaign, id }) => <VisitScreen key={id} campaignId={campaign} id={id} />}
      </Route>
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}
