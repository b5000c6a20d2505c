from django.db import migrations, models

from playground import encryption, stored_variables

TABLE = "invocations_invocation"


class Migration(migrations.Migration):
    dependencies = [
        ("invocations", "0003_ephemeral_storage"),
        ("snippets", "0003_encrypted_environment"),
    ]

    operations = [
        # Once before the table is written anew, so that the old one leaves nothing plain behind.
        migrations.RunPython(stored_variables.erase_what_is_deleted, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="invocation",
            name="environment",
            field=encryption.EncryptedVariables(default=dict),
        ),
        migrations.AddField(
            model_name="invocation",
            name="address",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="invocation",
            name="owner",
            field=models.CharField(max_length=128),
        ),
        migrations.RemoveIndex(
            model_name="invocation",
            name="invocation_queue",
        ),
        migrations.AddIndex(
            model_name="invocation",
            index=models.Index(
                fields=["state", "owner", "worker", "created_at", "address"], name="invocation_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="invocation",
            index=models.Index(fields=["owner", "created_at"], name="invocation_owner"),
        ),
        migrations.AddIndex(
            model_name="invocation",
            index=models.Index(fields=["address", "created_at"], name="invocation_address"),
        ),
        migrations.RunPython(stored_variables.encrypt_plain(TABLE), stored_variables.decrypt_all(TABLE)),
    ]
