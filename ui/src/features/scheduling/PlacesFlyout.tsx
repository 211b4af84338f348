import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useChange, type DepartmentView, type SetupView, type SiteView } from "../../bridge";
import { Button, SideFlyout, toast } from "../../kit";
import { FormFlyout, SelectOf, TextOf, useSetupForm } from "./setupForm";

type Doing = { what: "site"; row: SiteView | null } | { what: "department"; row: DepartmentView | null; site: string } | null;

/** The sites of the practice and their departments. */
export function PlacesFlyout({ setup, onClose }: { setup: SetupView; onClose: () => void }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>(null);
  const back = () => setDoing(null);
  if (doing?.what === "site") return <SiteForm row={doing.row} onClose={back} reopen={() => setDoing(doing)} />;
  if (doing?.what === "department") return <DepartmentForm setup={setup} row={doing.row} site={doing.site} onClose={back} reopen={() => setDoing(doing)} />;
  const foot = (
    <>
      <Button variant="primary" icon={<Plus size={14} aria-hidden="true" />} onPress={() => setDoing({ what: "site", row: null })} testId="site-new">{t("scheduling.setup.newSite")}</Button>
      {setup.sites[0] ? <Button onPress={() => setDoing({ what: "department", row: null, site: setup.sites[0]?.site ?? "" })} testId="department-new">{t("scheduling.setup.newDepartment")}</Button> : null}
    </>
  );
  return (
    <SideFlyout title={t("scheduling.setup.places")} sub={t("scheduling.setup.placesWords")} onClose={onClose} footer={foot} testId="places">
      {setup.sites.length === 0 ? <p className="kw-quiet">{t("scheduling.setup.noSite")}</p> : null}
      {setup.sites.map((site) => (
        <section key={site.site} className="sc-place" aria-label={site.name}>
          <Line name={site.name} sub={site.address} onChange={() => setDoing({ what: "site", row: site })} testId="site-row" />
          <ul>
            {setup.departments.filter((one) => one.site === site.site).map((one) => (
              <li key={one.department}><Line name={one.name} quiet onChange={() => setDoing({ what: "department", row: one, site: site.site })} testId="department-row" /></li>
            ))}
          </ul>
        </section>
      ))}
    </SideFlyout>
  );
}

function Line({ name, sub, quiet, onChange, testId }: { name: string; sub?: string; quiet?: boolean; onChange: () => void; testId: string }) {
  const { t } = useTranslation();
  return (
    <div className="sc-line" data-testid={testId}>
      <span className="kw-grow">{quiet ? name : <b>{name}</b>}{sub ? <span className="kw-sub kw-block">{sub}</span> : null}</span>
      <Button variant="quiet" aria-label={t("scheduling.setup.changeNamed", { name })} icon={<Pencil size={14} aria-hidden="true" />} onPress={onChange} />
    </div>
  );
}

interface PlaceFormProps {
  onClose: () => void;
  reopen: () => void;
}

function SiteForm({ row, onClose, reopen }: PlaceFormProps & { row: SiteView | null }) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_site", ["scheduling.setup"]);
  // The practice's own name and address are those of its first site, more often than not.
  const practice = useAnswer("identity.practice", {});
  const form = useSetupForm({
    about: `people:site-${row?.site ?? "new"}`,
    initial: { name: row?.name ?? "", address: row?.address ?? "" },
    reopen,
    send: async (typed) => {
      await keep.mutateAsync({ input: { ...(row ? { site: row.site } : {}), name: typed.name.trim(), address: typed.address.trim() } });
      toast(t("scheduling.setup.kept", { name: typed.name.trim() }));
      onClose();
    },
  });
  const known = practice.data?.address;
  const address = known ? [...known.lines, known.city].join(", ") : "";
  return (
    <FormFlyout title={row ? row.name : t("scheduling.setup.newSite")} form={form} onClose={onClose} testId="site-form">
      <TextOf form={form} name="name" label={t("scheduling.setup.field.name")} hint={t("scheduling.setup.hint.site")} required autoFocus testId="site-name" />
      <TextOf form={form} name="address" label={t("scheduling.setup.field.address")} testId="site-address" />
      {row === null && known && form.values.address === "" ? <div><Button className="sc-chip" onPress={() => form.set({ address })}>{address}</Button></div> : null}
    </FormFlyout>
  );
}

function DepartmentForm({ setup, row, site, onClose, reopen }: PlaceFormProps & { setup: SetupView; row: DepartmentView | null; site: string }) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_department", ["scheduling.setup"]);
  const form = useSetupForm({
    about: `people:department-${row?.department ?? "new"}`,
    initial: { name: row?.name ?? "", site },
    reopen,
    send: async (typed) => {
      await keep.mutateAsync({ input: { ...(row ? { department: row.department } : {}), name: typed.name.trim(), site: typed.site } });
      toast(t("scheduling.setup.kept", { name: typed.name.trim() }));
      onClose();
    },
  });
  return (
    <FormFlyout title={row ? row.name : t("scheduling.setup.newDepartment")} form={form} onClose={onClose} testId="department-form">
      <TextOf form={form} name="name" label={t("scheduling.setup.field.name")} hint={t("scheduling.setup.hint.departmentName")} required autoFocus testId="department-name" />
      <SelectOf form={form} name="site" label={t("scheduling.setup.field.site")} options={setup.sites.map((one) => ({ value: one.site, label: one.name }))} />
    </FormFlyout>
  );
}
