import { Link } from "@tanstack/react-router";
import { BookOpen, Box, FolderTree, House, Search, Settings2, Table2 } from "lucide-react";
import type { ReactNode } from "react";
import { setPreferences, usePreferences } from "../lib/preferences.ts";
import { SERVER_URL } from "../lib/server.ts";
import { useTexts } from "../lib/texts.ts";
import { Keys } from "../ui/Keys.tsx";
import { Menu } from "../ui/Menu.tsx";
import { Logo } from "./Logo.tsx";
import { askForPalette } from "./palette-door.ts";
import styles from "./Sidebar.module.css";
import { appTexts } from "./texts.ts";

export interface SidebarProps {
  readonly isDrawerOpen: boolean;
  readonly onClose: () => void;
}

/** Where one can go, and what one may set. */
export function Sidebar({ isDrawerOpen, onClose }: SidebarProps) {
  const t = useTexts(appTexts);
  return (
    <>
      {isDrawerOpen && <button type="button" className={styles.shade} aria-label={t.close} onClick={onClose} />}
      <nav className={styles.sidebar} data-open={isDrawerOpen || undefined} aria-label={t.navigation}>
        <Link to="/" className={styles.brand}>
          <Logo />
          {t.brand}
        </Link>
        <button
          type="button"
          className={styles.search}
          onClick={() => {
            onClose();
            askForPalette();
          }}
        >
          <Search size={15} aria-hidden />
          <span>{t.search}</span>
          <Keys keys="mod+k" />
        </button>
        <ul className={styles.places}>
          <Place to="/" icon={<House size={16} aria-hidden />} label={t.home} isExact />
          <Place to="/tracker" icon={<Table2 size={16} aria-hidden />} label={t.tracker} />
          <Place to="/models" icon={<Box size={16} aria-hidden />} label={t.models} />
          <Place to="/files" icon={<FolderTree size={16} aria-hidden />} label={t.files} />
        </ul>
        <div className={styles.bottom}>
          <a className={styles.place} href={`${SERVER_URL}/docs`}>
            <BookOpen size={16} aria-hidden />
            {t.api}
          </a>
          <Settings />
        </div>
      </nav>
    </>
  );
}

interface PlaceProps {
  readonly to: "/" | "/tracker" | "/models" | "/files";
  readonly icon: ReactNode;
  readonly label: string;
  readonly isExact?: boolean;
}

function Place({ to, icon, label, isExact = false }: PlaceProps) {
  return (
    <li>
      <Link to={to} className={styles.place} activeOptions={{ exact: isExact, includeSearch: false }}>
        {icon}
        {label}
      </Link>
    </li>
  );
}

function Settings() {
  const t = useTexts(appTexts);
  const { theme, language } = usePreferences();
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={styles.place}>
          <Settings2 size={16} aria-hidden />
          {t.settings}
        </button>
      }
      entries={[
        { heading: t.theme },
        { label: t.themeSystem, isChecked: theme === "system", onSelect: () => setPreferences({ theme: "system" }) },
        { label: t.themeLight, isChecked: theme === "light", onSelect: () => setPreferences({ theme: "light" }) },
        { label: t.themeDark, isChecked: theme === "dark", onSelect: () => setPreferences({ theme: "dark" }) },
        "line",
        { heading: t.language },
        { label: "English", isChecked: language === "en", onSelect: () => setPreferences({ language: "en" }) },
        { label: "中文", isChecked: language === "zh", onSelect: () => setPreferences({ language: "zh" }) },
      ]}
    />
  );
}
