from django.db import migrations

from playground import encryption, stored_variables

TABLE = "snippets_snippet"


class Migration(migrations.Migration):
    dependencies = [
        ("snippets", "0002_ephemeral_storage"),
    ]

    operations = [
        # Once before the table is written anew, so that the old one leaves nothing plain behind.
        migrations.RunPython(stored_variables.erase_what_is_deleted, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="snippet",
            name="environment",
            field=encryption.EncryptedVariables(blank=True, default=dict),
        ),
        migrations.RunPython(stored_variables.encrypt_plain(TABLE), stored_variables.decrypt_all(TABLE)),
    ]
