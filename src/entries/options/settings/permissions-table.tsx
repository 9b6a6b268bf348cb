// "Permissions: why": every permission of the manifest beside the feature that needs it.
import './permissions-table.css';
import { t } from '../../../edges/i18n';
import { permissionNames } from '../../../edges/permissions';

export function PermissionsTable() {
  return (
    <section class="card" aria-label={t('permissions_why')}>
      <h2>{t('permissions_why')}</h2>
      <p class="soft">{t('permissions_hint')}</p>
      <table class="plain-table permissions">
        <caption class="unseen">{t('permissions_why')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('permission')}</th>
            <th scope="col">{t('why')}</th>
          </tr>
        </thead>
        <tbody>
          {permissionNames().map(name => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{t(name.includes('*') ? 'permission_all_sites' : `permission_${name}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
