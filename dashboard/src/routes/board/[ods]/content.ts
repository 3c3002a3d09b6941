import type { Figure } from '#lib/figure/figure.ts';
import { formatInterval } from '#lib/figure/format.ts';
import { cellText, flagMarkers, shown } from '#lib/figure/status.ts';
import type { Catalogue } from '#lib/server/catalogue.ts';
import type { Refusal } from '#lib/server/fragments.ts';
import { cited } from '#lib/server/release.ts';
import { toValue } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { board, type Board } from '#lib/server/statistics/board.ts';
import { attentionLine, exceptions } from '#lib/server/statistics/exceptions.ts';
import { funnel, funnelFigure } from '#lib/server/statistics/funnel.ts';
import { changeOf } from '#lib/server/statistics/scorecard.ts';
import { markOf } from '#lib/server/statistics/signal-words.ts';
import { spc, spcFigure } from '#lib/server/statistics/spc.ts';
import { survivalFigure } from '#lib/server/statistics/survival-figures.ts';
import { survival } from '#lib/server/statistics/survival.ts';
import { generalWarnings, measureCaveats } from '#lib/server/warning.ts';
import type { Where } from '#lib/server/question.ts';
import { redirect } from '@sveltejs/kit';
import { organisation } from '../../organisations/[ods]/profile.ts';
import { equityFigure, reasonsFigure } from './figures.ts';

interface Place {
  code: string;
  label: string;
  nation: { code: string; label: string } | null;
}

/** One line of the exceptions table, ready to print. */
function headline(one: ReturnType<typeof exceptions>[number]) {
  const { measure, figure, versusNation, versusPeers, peers, change } = one.line;
  const value = toValue(figure);
  return {
    id: measure.id,
    title: measure.title,
    signal: one.mark.signal,
    reading: one.mark.text,
    text: cellText(value),
    mark: flagMarkers(value),
    range: value.interval && shown(value) !== null ? formatInterval(value.interval, unitOf(measure)) : null,
    nation: versusNation?.statement ?? 'Not compared',
    peers: versusPeers ? peerWords[versusPeers.verdict] : null,
    peerGroup: peers,
    change: changeOf(change).text,
  };
}

const peerWords: Record<NonNullable<Board['overview'][number]['versusPeers']>['verdict'], string> = {
  HIGHER: 'higher',
  LOWER: 'lower',
  NO_CLEAR_DIFFERENCE: 'no clear difference',
  NOT_COMPARABLE: 'not compared',
};

/** The organisation with this code; one that went into another has no board, so the page of the other is shown. */
export async function todaysOrganisation(code: string, url: URL) {
  const found = await organisation(code);
  if (found.successor)
    redirect(307, url.pathname.replace(`/${encodeURIComponent(code)}`, `/${encodeURIComponent(found.successor)}`));
  return found;
}

/** Everything that the page of one board shows; parts that cannot be answered are refused one by one. */
export async function boardContent(all: Catalogue, place: Place) {
  const where: Where = { organisation: [place.code] };
  const nation = { nation: place.nation ? [place.nation.code.toUpperCase()] : [] } as Where;
  const peers: Where = place.nation ? nation : {};
  // As the board of the api does: through mergers, but for an employer's own figures, which are of its own code.
  const organisationView = all.audience.id === 'own' ? null : 'AS_OF_TODAY';
  const [answer, chart, plot, stay, stayNation] = await Promise.all([
    board({ organisation: place.code }),
    spc({ where, measure: 'LEAVER_RATE', organisationView }),
    funnel({ where: peers, measure: 'LEAVER_RATE', organisationView }),
    survival({ where, organisationView }),
    place.nation ? survival({ where: nation }) : null,
  ]);
  const address = cited(`/board/${encodeURIComponent(place.code)}`);
  const about = place.label;
  const figures: Figure[] = [];
  const refused: { title: string; refusal: Refusal }[] = [];
  const refuse = (title: string, refusal: Refusal) => refused.push({ title, refusal });

  if (chart.__typename === 'SpcChart') figures.push(spcFigure(all, chart, { id: 'leaver-rate', about, address }));
  else refuse('Leaver rate over time', chart);
  if (plot.__typename === 'FunnelPlot')
    figures.push(
      funnelFigure(all, plot, { about: place.nation?.label ?? 'all nations', address, highlight: place.code }),
    );
  else refuse('Beside other organisations', plot);
  if (stay.__typename === 'SurvivalTable') {
    const own = stay.curves[0];
    const other = stayNation?.__typename === 'SurvivalTable' ? stayNation.curves[0] : undefined;
    const curves = [own && { ...own, label: 'This organisation' }, other].flatMap((curve) =>
      curve?.points.length ? [curve] : [],
    );
    if (curves.length) figures.push(survivalFigure(all, stay, { about, address, curves, headline: own?.statement }));
  } else refuse('How long people stay', stay);

  if (answer.__typename !== 'Board') {
    refuse('Headline measures', answer);
    return { figures, refused, summary: null };
  }
  const told = { ...answer, warnings: generalWarnings(answer.warnings) };
  const equity = equityFigure(all, told, about, address);
  if (equity) figures.push(equity);
  const reasons = reasonsFigure(all, told, about, address);
  if (reasons) figures.push(reasons);
  const found = exceptions(answer);
  return {
    figures,
    refused,
    summary: {
      period: answer.period.label,
      attention: attentionLine(found),
      lines: found.map(headline),
      caveats: measureCaveats(answer.warnings),
      peers: answer.overview[0]?.peers ?? null,
      signals: answer.signals.map(({ statement, variation, measure }) => ({
        statement,
        signal: markOf(variation, null).signal,
        title: measure.title,
      })),
      questions: answer.questions,
      fairness: answer.fairness.map(({ label, outcome, row }) => ({
        label,
        outcome: outcome.title,
        text: row.statement,
        verdict: row.verdict,
        ratio: cellText(toValue(row.relativeLikelihood)),
      })),
      reasonsShown: reasons !== null,
    },
  };
}
